// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.command.Command;
import io.wgj.cli.command.CommandTable;
import io.wgj.cli.generated.GeneratedRegions;
import io.wgj.cli.quick.QuickCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;

/// Every command that README.md and docs/ name exists, with every option that they give it.
class DocumentedCommandsTest {
    private static final Map<String, CommandTable> PROGRAMS =
            Map.of("wgj", new WgjCommands(), "wgj-quick", new QuickCommands());

    /// Words after a program's name that are no commands of its table.
    private static final Set<String> OTHERS = Set.of("--version", "--help", "COMMAND", "VERB");

    /// A program and the word behind it, to the end of the code.
    private static final Pattern CALL =
            Pattern.compile("(?<![\\w/.-])(?:\\./)?(wgj|wgj-quick) ([\\w-]+)([^`\\n|;&#]*)");

    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern OPTION = Pattern.compile("(?<=\\s)--[a-z][a-z-]*");

    @Test
    void theCommandsAndTheirOptionsExist() throws IOException {
        List<String> wrong = new ArrayList<>();
        int calls = 0;
        for (Path file : documents()) {
            for (String code : codes(Files.readString(file))) {
                Matcher call = CALL.matcher(code);
                while (call.find()) {
                    calls++;
                    problem(call).ifPresent(text -> wrong.add(file.getFileName() + ": " + text));
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(calls).isGreaterThan(40);
    }

    /// Each row of the table of what is beyond wg and wg-quick has a command in its last column.
    @Test
    void eachRowOfTheTableHasACommand() throws IOException {
        String readme = Files.readString(GeneratedRegions.root().resolve("README.md"));
        int start = readme.indexOf("## Beyond wg and wg-quick");
        assertThat(start).isPositive();
        List<String> rows = readme.substring(start, readme.indexOf("\n## ", start + 1))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| what |"))
                .toList();
        assertThat(rows)
                .hasSizeGreaterThan(8)
                .allMatch(row ->
                        CALL.matcher(row.substring(row.lastIndexOf(" | "))).find());
    }

    private static Optional<String> problem(Matcher call) {
        String word = call.group(2);
        CommandTable table = PROGRAMS.get(call.group(1));
        if (table == null || OTHERS.contains(word)) {
            return Optional.empty();
        }
        Command command = table.command(word);
        if (command == null) {
            return Optional.of(call.group());
        }
        CommandSpec spec = command.spec();
        Matcher option = OPTION.matcher(call.group(3));
        while (option.find()) {
            if (!spec.optionsMap().containsKey(option.group())) {
                return Optional.of(call.group() + ": " + option.group());
            }
        }
        return Optional.empty();
    }

    /// Code between backticks, and lines of shell sessions and of fenced blocks.
    private static List<String> codes(String text) {
        List<String> codes = new ArrayList<>();
        boolean fenced = false;
        for (String line : text.lines().toList()) {
            if (line.startsWith("```")) {
                fenced = !fenced;
            } else if (fenced) {
                codes.add(line);
            } else {
                Matcher code = CODE.matcher(line);
                while (code.find()) {
                    codes.add(code.group(1));
                }
            }
        }
        return codes;
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(GeneratedRegions.root().resolve("README.md")));
        try (Stream<Path> all = Files.list(GeneratedRegions.root().resolve("docs"))) {
            all.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        return documents;
    }
}
