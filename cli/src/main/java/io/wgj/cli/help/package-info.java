// SPDX-License-Identifier: Apache-2.0
/// The command `help`: the overview of a program, the page of a command, and topics such as exit codes. Start from
/// [HelpCommand]. Knows no command by name: what it prints comes from their specs.
@NullMarked
package io.wgj.cli.help;

import org.jspecify.annotations.NullMarked;
