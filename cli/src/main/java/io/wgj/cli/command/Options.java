// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import io.wgj.config.file.ValueException;
import io.wgj.config.file.ValueSyntax;
import io.wgj.config.net.DeviceName;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/// Options and operands that several commands share, each described once.
public final class Options {
    public static final String HELP = "--help";
    public static final String JSON = "--json";
    public static final String QUIET = "--quiet";

    /// The one word for a configuration file in every text.
    public static final String FILE = "FILE";
    /// The one word for the name of an interface in every text.
    public static final String INTERFACE = "INTERFACE";

    private Options() {}

    /// `-h, --help`, which every command of ours takes.
    static OptionSpec help() {
        return OptionSpec.builder("-h", HELP)
                .type(boolean.class)
                .usageHelp(true)
                .description("prints this page")
                .build();
    }

    /// `-q, --quiet`.
    ///
    /// @param description what is not printed
    public static OptionSpec quiet(String description) {
        return OptionSpec.builder("-q", QUIET)
                .type(boolean.class)
                .description(description)
                .build();
    }

    /// `--json`.
    ///
    /// @param description what the document says
    public static OptionSpec json(String description) {
        return flag(JSON, description + "; errors are JSON on standard error");
    }

    /// The name of an interface that need not exist.
    ///
    /// @throws MisuseException when no link can have this name
    public static DeviceName linkName(String word) throws MisuseException {
        DeviceName name = new DeviceName(word);
        if (!name.isPossible()) {
            throw new MisuseException(
                    word + ": no link can have this name: it has 1 to 15 bytes, without white space, / and :");
        }
        return name;
    }

    /// An option without a value.
    public static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .description(description)
                .build();
    }

    /// An option without a value, with a short name.
    public static OptionSpec flag(String shortName, String name, String description) {
        return OptionSpec.builder(shortName, name)
                .type(boolean.class)
                .description(description)
                .build();
    }

    /// An option without a value that help does not list: a process of ours gives it to another.
    public static OptionSpec hidden(String name) {
        return OptionSpec.builder(name).type(boolean.class).hidden(true).build();
    }

    /// An option with a duration, such as `60s` or `1m30s`.
    public static OptionSpec duration(String name, String description) {
        return OptionSpec.builder(name)
                .type(Duration.class)
                .paramLabel("TIME")
                .converters(new DurationConverter())
                .description(description)
                .build();
    }

    /// An option with a value that is taken as it is, without a short name.
    public static OptionSpec value(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /// An option with a value that is taken as it is.
    public static OptionSpec value(String shortName, String name, String label, String description) {
        return OptionSpec.builder(shortName, name)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /// Exactly one operand.
    public static PositionalParamSpec operand(String label, String description) {
        return operands(label, "0", description);
    }

    /// An operand that may be left out.
    ///
    /// @param index its place, from 0
    /// @param words that completion offers
    public static PositionalParamSpec optional(String label, String index, String description, List<String> words) {
        return operands(label, index, description).toBuilder()
                .arity("0..1")
                .required(false)
                .completionCandidates(words)
                .build();
    }

    /// Operands.
    ///
    /// @param label what the usage line calls them
    /// @param index how many there may be, from 0: `0..1` for one or two, `0..*` for one or more
    public static PositionalParamSpec operands(String label, String index, String description) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .index(index)
                .arity("1")
                .required(true)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build();
    }

    /// Reads durations as configuration files have them.
    private static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return ValueSyntax.duration(text);
            } catch (ValueException refused) {
                throw new TypeConversionException(refused.reason() + "; " + refused.hint());
            }
        }
    }
}
