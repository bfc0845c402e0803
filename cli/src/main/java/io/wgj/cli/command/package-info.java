// SPDX-License-Identifier: Apache-2.0
/// The nine words of `wg`, with its messages and exit codes. Start from [WgWords]; every command is a few lines over
/// the port `WireGuardDevice`. Knows no kernel, and neither the help nor the JSON of `wgj`.
@NullMarked
package io.wgj.cli.command;

import org.jspecify.annotations.NullMarked;
