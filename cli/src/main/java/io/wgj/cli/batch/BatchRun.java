// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.batch;

import io.wgj.cli.batch.CommandLines.Line;
import io.wgj.cli.batch.ShellWords.SyntaxException;
import io.wgj.cli.command.CommandTable;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.InvokedAs;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.Progress;
import io.wgj.cli.host.Host;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs lines one after the other.
final class BatchRun {
    private final Host host;
    private final BatchAnswers answers;
    private final CommandTable commands;
    private final BatchCommand.LineRunner runner;
    private final boolean keepsGoing;
    private final Progress progress;

    /// @param host of each line's command
    /// @param commands of `wgj`
    /// @param keepsGoing whether a failure does not end the run
    /// @param progress shows how many lines were run
    BatchRun(
            Host host,
            BatchAnswers answers,
            CommandTable commands,
            BatchCommand.LineRunner runner,
            boolean keepsGoing,
            Progress progress) {
        this.progress = progress;
        this.commands = commands;
        this.host = host;
        this.answers = answers;
        this.runner = runner;
        this.keepsGoing = keepsGoing;
    }

    /// Runs `lines` up to their end, or to the first that fails; the exit code of the first that failed.
    int all(CommandLines lines) throws IOException {
        int code = ExitCode.DONE;
        long done = 0;
        for (Line line = lines.next(); line != null; line = lines.next()) {
            int ended = one(line);
            code = code == ExitCode.DONE ? ended : code;
            if (ended != ExitCode.DONE && !keepsGoing || !answers.areRead()) {
                return code;
            }
            progress.at(++done, 0);
        }
        return code;
    }

    private int one(Line line) {
        if (line.tooLong()) {
            return refused(
                    line,
                    0,
                    "longer than " + CommandLines.LONGEST + " bytes; give large"
                            + " configurations to setconf, addconf or syncconf as a file");
        }
        List<String> words;
        try {
            words = ShellWords.split(line.text());
        } catch (SyntaxException refused) {
            return refused(line, refused.column(), refused.reason());
        }
        if (words.isEmpty()) {
            return ExitCode.DONE;
        }
        InvokedAs program = program(words.getFirst());
        if (program == null) {
            return refused(line, 1, "`" + words.getFirst() + "': a line begins with wg, wgj, wg-quick or wgj-quick");
        }
        if (program == InvokedAs.WGJ && staysOut(words)) {
            return refused(
                    line,
                    0,
                    "`" + words.get(1) + "' does not end by itself, or not cleanly; run it outside of a batch");
        }
        if (isQuick(program) && asksForConfirmation(words)) {
            return refused(line, 0, "--confirm waits for another command; run it outside of a batch");
        }
        if (isQuick(program)) {
            // Hooks print by themselves.
            progress.clear();
        }
        int exit = run(new Invocation(program, words.getFirst(), words.subList(1, words.size()), host));
        if (exit != ExitCode.DONE) {
            progress.clear();
        }
        return answers.ran(line, exit);
    }

    private int refused(Line line, int column, String reason) {
        progress.clear();
        return answers.refused(line, column, reason);
    }

    private int run(Invocation invocation) {
        try {
            return runner.run(invocation);
        } catch (RuntimeException bug) {
            invocation.complain("internal error: " + bug);
            return ExitCode.FAILED;
        }
    }

    /// The program that a line's first word names, with or without a folder; null when it is none of ours.
    private static @Nullable InvokedAs program(String word) {
        String name = word.substring(word.lastIndexOf('/') + 1);
        return switch (name) {
            case "wg", "wgj", "wg-quick", "wgj-quick" -> InvokedAs.of(name);
            default -> null;
        };
    }

    private boolean staysOut(List<String> words) {
        return words.size() > 1
                && commands.command(words.get(1)) instanceof OwnCommand own
                && !own.runsInBatch(words.subList(2, words.size()));
    }

    private static boolean isQuick(InvokedAs program) {
        return program == InvokedAs.WGJ_QUICK || program == InvokedAs.WG_QUICK;
    }

    private static boolean asksForConfirmation(List<String> words) {
        for (String word : words) {
            if (word.equals("--confirm") || word.startsWith("--confirm=")) {
                return true;
            }
        }
        return false;
    }
}
