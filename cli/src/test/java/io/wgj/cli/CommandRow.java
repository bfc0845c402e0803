// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli;

import io.wgj.cli.command.Command;
import io.wgj.cli.command.CommandTable;
import io.wgj.cli.quick.QuickCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// One command of one of the two programs.
///
/// @param program `wgj` or `wgj-quick`
public record CommandRow(String program, String name, Command command) {
    /// Every command of both programs, in the order of their overviews.
    public static List<CommandRow> all() {
        List<CommandRow> rows = new ArrayList<>();
        add(rows, "wgj", new WgjCommands());
        add(rows, "wgj-quick", new QuickCommands());
        return rows;
    }

    /// The commands of one program.
    public static List<CommandRow> of(String program) {
        return all().stream().filter(row -> row.program.equals(program)).toList();
    }

    private static void add(List<CommandRow> rows, String program, CommandTable table) {
        for (String name : table.names()) {
            rows.add(new CommandRow(program, name, Objects.requireNonNull(table.command(name), name)));
        }
    }

    @Override
    public String toString() {
        return program + " " + name;
    }
}
