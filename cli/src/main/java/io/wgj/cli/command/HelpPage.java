// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The help of one command, from its spec, for the width of the terminal. picocli's own layout is not used,
/// since it breaks lines within options such as `--no-dns` and cannot go below 55 columns (docs/decisions/011).
public final class HelpPage {
    /// Wide enough for a name such as `-q, --quiet`; longer names stand on a line of their own.
    private static final int WIDEST_NAME = 22;

    private HelpPage() {}

    /// The whole page.
    public static String of(Invocation invocation, CommandSpec spec) {
        Paragraphs page = new Paragraphs(invocation.host().columns());
        page.hanging("Usage: ", invocation.program() + " " + spec.name() + words(spec, true));
        page.blank();
        page.paragraph(spec.usageMessage().header()[0] + ".");
        for (String paragraph : spec.usageMessage().description()) {
            page.blank();
            page.paragraph(paragraph);
        }
        operands(page, spec);
        options(page, spec);
        exitCodes(page, spec.usageMessage().exitCodeList());
        examples(page, spec.usageMessage().footer());
        return page.text();
    }

    /// One line that says how the command is used, newline included.
    static String usage(String program, CommandSpec spec) {
        return "Usage: " + program + " " + spec.name() + words(spec, false) + "\n";
    }

    /// @param all whether a synopsis of the command's own is shown, however long it is
    private static String words(CommandSpec spec, boolean all) {
        String[] custom = spec.usageMessage().customSynopsis();
        if (custom.length > 0 && all) {
            return custom[0].isEmpty() ? "" : " " + custom[0];
        }
        StringBuilder words = new StringBuilder();
        words.append(hasOptions(spec) ? " [OPTION]..." : "");
        for (PositionalParamSpec operand : spec.positionalParameters()) {
            words.append(' ').append(operand.paramLabel());
        }
        return words.toString();
    }

    private static boolean hasOptions(CommandSpec spec) {
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                return true;
            }
        }
        return false;
    }

    private static void operands(Paragraphs page, CommandSpec spec) {
        List<String[]> entries = new ArrayList<>();
        for (PositionalParamSpec operand : spec.positionalParameters()) {
            entries.add(new String[] {operand.paramLabel(), operand.description()[0]});
        }
        list(page, "Operands:", entries);
    }

    private static void options(Paragraphs page, CommandSpec spec) {
        List<String[]> entries = new ArrayList<>();
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                entries.add(new String[] {names(option), option.description()[0]});
            }
        }
        list(page, "Options:", entries);
    }

    /// `-o, --output FILE`; a name without a short form stands under the others' long names.
    private static String names(OptionSpec option) {
        String[] names = option.names();
        String text = names.length > 1 ? names[0] + ", " + names[1] : "    " + names[0];
        if (option.typeInfo().isBoolean()) {
            return text;
        }
        return option.arity().min() == 0 ? text + "[=" + option.paramLabel() + "]" : text + " " + option.paramLabel();
    }

    private static void exitCodes(Paragraphs page, Map<String, String> codes) {
        List<String[]> entries = new ArrayList<>();
        for (Map.Entry<String, String> code : codes.entrySet()) {
            entries.add(new String[] {code.getKey(), code.getValue()});
        }
        list(page, "Exit codes:", entries);
    }

    private static void examples(Paragraphs page, String[] lines) {
        if (lines.length == 0) {
            return;
        }
        heading(page, "Examples:");
        for (int i = 0; i + 1 < lines.length; i += 2) {
            page.line("  " + lines[i]);
            page.indented(lines[i + 1] + ".", 6);
        }
    }

    private static void heading(Paragraphs page, String text) {
        page.blank();
        page.line(text);
    }

    /// Adds a list of names, each with a sentence, under a heading; nothing when the list is empty.
    ///
    /// @param entries names and sentences
    public static void list(Paragraphs page, String heading, List<String[]> entries) {
        if (entries.isEmpty()) {
            return;
        }
        heading(page, heading);
        int widest = 0;
        for (String[] entry : entries) {
            widest = entry[0].length() > WIDEST_NAME ? widest : Math.max(widest, entry[0].length());
        }
        for (String[] entry : entries) {
            page.entry(entry[0], entry[1], widest == 0 ? WIDEST_NAME : widest);
        }
    }
}
