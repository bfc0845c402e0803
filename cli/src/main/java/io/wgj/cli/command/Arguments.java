// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The options and operands that one invocation gives to an [OwnCommand].
///
/// @param operands the words that are no options, in their order
/// @param options values by the option's long name; a flag's value is `true`
public record Arguments(List<String> operands, Map<String, Object> options) {
    public Arguments {
        operands = List.copyOf(operands);
        options = Map.copyOf(options);
    }

    /// One operand and no options: the grammar of wg-quick.
    public static Arguments of(String operand) {
        return new Arguments(List.of(operand), Map.of());
    }

    /// Whether `option` was given.
    ///
    /// @param option its long name, such as `--json`
    public boolean has(String option) {
        return options.containsKey(option);
    }

    /// The value of `option` as it was typed; empty when the option was not given.
    public Optional<String> text(String option) {
        return Optional.ofNullable((String) options.get(option));
    }

    /// The value of an option that takes a duration; empty when the option was not given.
    public Optional<Duration> duration(String option) {
        return Optional.ofNullable((Duration) options.get(option));
    }

    /// Whether the command answers with one JSON document.
    public boolean json() {
        return has(Options.JSON);
    }

    /// Whether the command prints errors only.
    public boolean quiet() {
        return has(Options.QUIET);
    }
}
