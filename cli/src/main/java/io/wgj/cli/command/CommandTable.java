// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The commands of one program.
public interface CommandTable {
    /// The first line of the overview, after `Usage: PROGRAM `.
    String usage();

    /// What the program is for, in one sentence.
    String purpose();

    /// Every command's name, in the order of the overview.
    List<String> names();

    /// The command called `name`; null when there is none. Makes that command alone.
    @Nullable
    Command command(String name);

    /// The list of commands, and where to find more.
    default String overview(Invocation invocation) {
        Paragraphs page = new Paragraphs(invocation.host().columns());
        page.hanging("Usage: ", invocation.program() + " " + usage());
        page.blank();
        page.paragraph(purpose());
        List<String[]> entries = new ArrayList<>();
        for (String name : names()) {
            Command command = command(name);
            if (command != null) {
                entries.add(new String[] {name, command.summary()});
            }
        }
        HelpPage.list(page, "Available subcommands:", entries);
        page.blank();
        page.paragraph("`" + invocation.program() + " help COMMAND' says more about one of them, `"
                + invocation.program() + " help FILE' about configuration files, and `" + invocation.program()
                + " help exit-codes' about exit codes.");
        return page.text();
    }

    /// Prints what is wrong about the first word, and how the program is used.
    ///
    /// @param sentence without a full stop
    default void misused(Invocation invocation, String sentence) {
        String joint = sentence.endsWith("?") ? " `" : "; `";
        invocation.complain(sentence + joint + invocation.program() + " help' lists the commands");
        invocation.host().err("Usage: " + invocation.program() + " " + usage() + "\n");
    }

    /// Prints that there is no command or topic called `word`, and which ones are meant.
    default void complainOfUnknown(Invocation invocation, String word) {
        misused(invocation, word + ": no such command" + ArgumentParser.suggestion(word, names()));
    }
}
