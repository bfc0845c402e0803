// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import io.wgj.cli.json.ErrorJson;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// Runs a command of ours: parses its words, answers `--help`, and reports misuse and failures, as lines or as
/// JSON.
public final class CommandRun {
    private CommandRun() {}

    /// Runs `command` with the words after the first; the exit code.
    public static int run(OwnCommand command, Invocation invocation) {
        int code = parseAndRun(command, invocation);
        command.ended(invocation, code);
        return code;
    }

    private static int parseAndRun(OwnCommand command, Invocation invocation) {
        CommandSpec spec = command.spec();
        Arguments arguments;
        try {
            arguments = ArgumentParser.parse(spec, invocation.arguments());
        } catch (MisuseException misuse) {
            return misused(command, spec, invocation, misuse, asksForJson(invocation.arguments()));
        }
        if (arguments.has(Options.HELP)) {
            invocation.out().append(HelpPage.of(invocation, spec));
            return ExitCode.DONE;
        }
        try {
            return command.run(invocation, arguments);
        } catch (MisuseException misuse) {
            return misused(command, spec, invocation, misuse, arguments.json());
        } catch (RefusalException refusal) {
            return refused(command, invocation, refusal, arguments.json());
        }
    }

    /// Runs a command of the original's with arguments that need no parsing; the exit code.
    public static int run(OwnCommand command, Invocation invocation, Arguments arguments) {
        try {
            return command.run(invocation, arguments);
        } catch (MisuseException impossible) {
            throw new IllegalStateException(impossible);
        } catch (RefusalException refusal) {
            return refused(command, invocation, refusal, false);
        }
    }

    /// One line that says what is wrong, and one that says how the command is used.
    private static int misused(
            OwnCommand command, CommandSpec spec, Invocation invocation, MisuseException misuse, boolean json) {
        if (json) {
            invocation.host().err(ErrorJson.of(ExitCode.MISUSED, misuse.sentence(), List.of()));
            return ExitCode.MISUSED;
        }
        invocation.complain(spec.name() + ": " + misuse.sentence());
        invocation.host().err(HelpPage.usage(invocation.program(), spec));
        return command.hasOriginalCodes() ? ExitCode.FAILED : ExitCode.MISUSED;
    }

    private static int refused(OwnCommand command, Invocation invocation, RefusalException refusal, boolean json) {
        if (json) {
            List<String> lines = new ArrayList<>(refusal.wgLines());
            lines.addAll(refusal.remarks());
            invocation.host().err(ErrorJson.of(refusal.code(), String.join("\n", lines), refusal.problems()));
            return refusal.code();
        }
        refusal.print(invocation);
        return command.hasOriginalCodes() ? refusal.originalCode() : refusal.code();
    }

    /// Words that could not be parsed may still ask for errors in JSON.
    private static boolean asksForJson(List<String> words) {
        for (String word : words) {
            if (word.equals("--")) {
                return false;
            }
            if (word.equals(Options.JSON) || word.startsWith(Options.JSON + "=")) {
                return true;
            }
        }
        return false;
    }
}
