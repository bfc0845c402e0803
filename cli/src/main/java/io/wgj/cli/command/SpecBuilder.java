// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Builds the [CommandSpec] of a command. Where picocli has no place of its own for a part of a manual page, this
/// class says where it lies: the summary is the header, each paragraph is one element of the description, and the
/// footer has the examples, a command line and then its explanation.
public final class SpecBuilder {
    static {
        // Else picocli looks for Groovy in the jar, and for converters of values that no option here has, in modules of
        // the JDK that nothing else uses: a seventh of what `wgj-quick plan` costs.
        System.setProperty("picocli.disable.closures", "true");
        System.setProperty("picocli.converters.excludes", "java.*");
    }

    private final CommandSpec spec;
    private final List<String> paragraphs = new ArrayList<>();
    private final Map<String, String> exitCodes = new LinkedHashMap<>();
    private final List<String> examples = new ArrayList<>();

    private SpecBuilder(String name, Command command) {
        spec = CommandSpec.create().name(name);
        spec.usageMessage().header(command.summary());
    }

    /// Begins the spec of `command`.
    public static SpecBuilder of(String name, Command command) {
        return new SpecBuilder(name, command);
    }

    /// Sets the words after the command's name, where they are not just options and operands.
    public SpecBuilder synopsis(String words) {
        spec.usageMessage().customSynopsis(words);
        return this;
    }

    /// Adds paragraphs, with an empty line between them; other line ends count as blanks.
    public SpecBuilder text(String text) {
        for (String paragraph : text.strip().split("\n\n", -1)) {
            paragraphs.add(paragraph.replace('\n', ' ').strip());
        }
        return this;
    }

    /// Adds an option.
    public SpecBuilder option(OptionSpec option) {
        spec.addOption(option);
        return this;
    }

    /// Adds operands.
    public SpecBuilder operand(PositionalParamSpec operand) {
        spec.addPositional(operand);
        return this;
    }

    /// Adds codes of the one table that all commands of ours share.
    public SpecBuilder exits(int... codes) {
        for (int code : codes) {
            exitCodes.put(String.valueOf(code), ExitCode.meaning(code));
        }
        return this;
    }

    /// Adds a code that means something else to this command, or that is an original's.
    public SpecBuilder exit(String code, String meaning) {
        exitCodes.put(code, meaning);
        return this;
    }

    /// Adds an example.
    ///
    /// @param line what to type
    /// @param explanation what it does, without a full stop
    public SpecBuilder example(String line, String explanation) {
        examples.add(line);
        examples.add(explanation);
        return this;
    }

    /// The spec, with `--help`.
    public CommandSpec build() {
        spec.addOption(Options.help());
        return describe();
    }

    /// The spec of a command that has its original's grammar, without options of ours.
    public CommandSpec buildOriginal() {
        return describe();
    }

    private CommandSpec describe() {
        spec.usageMessage()
                .description(paragraphs.toArray(new String[0]))
                .exitCodeList(exitCodes)
                .footer(examples.toArray(new String[0]));
        return spec;
    }
}
