// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import picocli.CommandLine.Model.CommandSpec;

/// One command: its description and its action stand in one file. Help, usage lines, man pages and completions
/// come from the description.
public interface Command {
    /// What the command does, in one line, without a full stop.
    String summary();

    /// Everything that help, man pages and completions say: name, options, operands, exit codes, examples. Built
    /// with [SpecBuilder], and only for the command that was asked for. This method is the only one that loads
    /// picocli.
    CommandSpec spec();
}
