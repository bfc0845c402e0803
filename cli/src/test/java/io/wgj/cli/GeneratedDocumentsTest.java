// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli;

import io.wgj.cli.command.Command;
import io.wgj.cli.command.CommandTable;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.generated.GeneratedRegions;
import io.wgj.cli.generated.KeyFacts;
import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.cli.quick.QuickCommands;
import io.wgj.config.file.Key;
import io.wgj.config.file.Section;
import io.wgj.diagnosis.check.CheckCode;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys, commands and exit codes in `docs/` come from the code.
class GeneratedDocumentsTest {
    private final MemoryHost host = new MemoryHost();

    @ParameterizedTest
    @ValueSource(strings = {"docs/files.md", "docs/commands.md", "docs/check.md"})
    void theDocumentSaysWhatTheCodeSays(String file) throws IOException {
        GeneratedRegions.MARKDOWN.check(GeneratedRegions.root().resolve(file), this::region);
    }

    private String region(String name) {
        return switch (name) {
            case "keys" -> keys();
            case "errors" -> codes(true);
            case "warnings" -> codes(false);
            case "defaults" -> defaults();
            case "wgj" -> commands(name, new WgjCommands());
            case "wgj-quick" -> commands(name, new QuickCommands());
            case "exit-codes" -> exitCodes();
            default -> throw new IllegalArgumentException("no region is called " + name);
        };
    }

    private static String keys() {
        StringBuilder table = new StringBuilder("| key | value | what it does | example |\n|---|---|---|---|\n");
        for (Section section : Section.values()) {
            heading(table, section, 3);
            for (Key key : Key.values()) {
                if (key.section() == section) {
                    row(table, name(key), code(key.syntax()), sentence(key.help()), code(key.example()));
                }
            }
        }
        return table.toString();
    }

    private static String defaults() {
        StringBuilder table = new StringBuilder(
                "| key | without the line | a second line | since wgj | undone by |\n|---|---|---|---|---|\n");
        for (Section section : Section.values()) {
            heading(table, section, 4);
            for (Key key : Key.values()) {
                if (key.section() == section) {
                    String second = key.accumulates() ? "adds" : "replaces";
                    row(
                            table,
                            name(key),
                            sentence(key.absence()),
                            second,
                            KeyFacts.since(key),
                            sentence(KeyFacts.undone(key)));
                }
            }
        }
        return table.toString();
    }

    private String commands(String program, CommandTable commands) {
        StringBuilder table = new StringBuilder("| command | what it does | exit codes |\n|---|---|---|\n");
        for (String name : commands.names()) {
            Command command = Objects.requireNonNull(commands.command(name));
            String codes = String.join(
                    ", ", command.spec().usageMessage().exitCodeList().keySet());
            row(table, code(synopsis(program, name)), sentence(command.summary()), codes);
        }
        return table.toString();
    }

    private static String codes(boolean errors) {
        StringBuilder table = new StringBuilder("| code | what | why | what helps |\n|---|---|---|---|\n");
        for (CheckCode code : CheckCode.values()) {
            if (code.isError() == errors) {
                row(table, code.text(), sentence(code.title()), sentence(code.explanation()), sentence(code.remedy()));
            }
        }
        return table.toString();
    }

    private static String exitCodes() {
        StringBuilder table = new StringBuilder("| code | meaning |\n|--:|---|\n");
        for (int code = 0; code < ExitCode.count(); code++) {
            row(table, String.valueOf(code), ExitCode.meaning(code));
        }
        return table.toString();
    }

    /// The first line of the command's page, as wide as it is.
    private String synopsis(String program, String name) {
        host.columns = 1000;
        Ran help = program.equals("wgj") ? Ran.wgj(host, "help", name) : Ran.wgjQuick(host, "help", name);
        return help.out().lines().findFirst().orElse("").substring("Usage: ".length());
    }

    private static void heading(StringBuilder table, Section section, int more) {
        table.append("| **[")
                .append(section.title())
                .append("]**")
                .append(" |".repeat(more + 1))
                .append('\n');
    }

    private static void row(StringBuilder table, String... cells) {
        table.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String name(Key key) {
        return code(key.text())
                + switch (key.owner()) {
                    case WG -> " *wg*";
                    case WG_QUICK -> "";
                    case WGJ -> " *wgj*";
                };
    }

    private static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }

    /// Prose of the code, whose quotes are `so'.
    private static String sentence(String text) {
        return text.replaceAll("`([^']*)'", "`$1`").replace("|", "\\|");
    }
}
