// SPDX-License-Identifier: Apache-2.0
/// The words `wgj` has beside those of `wg`: help, version, and an answer to unknown words. Start from [WgjCommands].
/// The
/// one package that knows picocli, which must never be loaded for one of the nine words.
@NullMarked
package io.wgj.cli.help;

import org.jspecify.annotations.NullMarked;
