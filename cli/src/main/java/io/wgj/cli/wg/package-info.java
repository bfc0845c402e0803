// SPDX-License-Identifier: Apache-2.0
/// The nine commands of `wg`. Start from [WgCommands], the table of them. Knows devices through
/// [io.wgj.cli.host.Host] alone, and never loads picocli on wg's own words.
@NullMarked
package io.wgj.cli.wg;

import org.jspecify.annotations.NullMarked;
