// SPDX-License-Identifier: Apache-2.0
/// The parts of man pages and completions that come from the commands' specs and from the table of keys, written
/// into committed files and compared with them. Start from [GeneratedRegions].
@NullMarked
package io.wgj.cli.generated;

import org.jspecify.annotations.NullMarked;
