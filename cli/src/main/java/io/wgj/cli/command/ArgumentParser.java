// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import io.wgj.config.text.Misspelling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Parses words by a command's spec, and turns what picocli refuses into a sentence.
final class ArgumentParser {
    private ArgumentParser() {}

    /// The options and operands in `words`, for the command of `spec`.
    static Arguments parse(CommandSpec spec, List<String> words) throws MisuseException {
        CommandLine line = new CommandLine(spec);
        // A file name may begin with @.
        line.setExpandAtFiles(false);
        line.setOverwrittenOptionsAllowed(true);
        try {
            return arguments(line.parseArgs(words.toArray(new String[0])));
        } catch (UnmatchedArgumentException refused) {
            throw new MisuseException(unmatched(spec, refused));
        } catch (MissingParameterException refused) {
            throw new MisuseException(missing(refused.getMissing().getFirst()));
        } catch (ParameterException refused) {
            throw new MisuseException(invalid(refused));
        }
    }

    private static Arguments arguments(ParseResult result) {
        Map<String, Object> options = new HashMap<>();
        for (OptionSpec option : result.matchedOptions()) {
            options.put(option.longestName(), option.getValue());
        }
        List<String> operands = new ArrayList<>();
        for (PositionalParamSpec operand : result.commandSpec().positionalParameters()) {
            operands.addAll(operand.stringValues());
        }
        return new Arguments(operands, options);
    }

    private static String unmatched(CommandSpec spec, UnmatchedArgumentException refused) {
        String word = refused.getUnmatched().getFirst();
        if (refused.isUnknownOption()) {
            return word + ": no such option"
                    + suggestion(word, List.copyOf(spec.optionsMap().keySet()));
        }
        List<PositionalParamSpec> operands = spec.positionalParameters();
        return word + ": "
                + (operands.isEmpty()
                        ? "this command takes no operands"
                        : "too many words; the operands are "
                                + operands.getFirst().paramLabel());
    }

    /// `; did you mean ...?` with the one of `known` that `word` was probably meant to be, or nothing.
    static String suggestion(String word, List<String> known) {
        String likely = Misspelling.nearest(word, known);
        return likely.isEmpty() ? "" : "; did you mean `" + likely + "'?";
    }

    private static String missing(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + ": " + option.paramLabel() + " is missing"
                : argument.paramLabel() + " is missing";
    }

    private static String invalid(ParameterException refused) {
        if (!(refused.getArgSpec() instanceof OptionSpec option)) {
            return String.valueOf(refused.getMessage());
        }
        if (option.typeInfo().isBoolean()) {
            return option.longestName() + " takes no value";
        }
        return option.longestName() + ": "
                + (refused.getCause() instanceof TypeConversionException reason ? reason : refused).getMessage();
    }
}
