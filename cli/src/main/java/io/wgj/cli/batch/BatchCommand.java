// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.batch;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.CommandTable;
import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.Progress;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.cli.host.FileException;
import io.wgj.cli.host.OpenFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `wgj batch [FILE | -]`: runs the command lines of a file, or of standard input as they arrive.
public final class BatchCommand implements OwnCommand {
    private static final String KEEP_GOING = "--keep-going";
    private static final String STANDARD_INPUT = "-";

    private final CommandTable commands;
    private final LineRunner runner;

    /// Runs one command line.
    @FunctionalInterface
    public interface LineRunner {
        /// Runs the program that `invocation` names; the exit code.
        int run(Invocation invocation);
    }

    /// @param commands of `wgj`
    public BatchCommand(CommandTable commands, LineRunner runner) {
        this.commands = commands;
        this.runner = runner;
    }

    @Override
    public String summary() {
        return "Runs many command lines in one process";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of("batch", this)
                .text("""
                    Each line is a command line of wg, wgj, wg-quick or wgj-quick, as a shell would take it: with quotes,
                    backslashes, blank lines and comments that begin with #. Nothing is expanded, and lines are not
                    joined.

                    Stops at the first line that fails, and names it. Each line is read, run and answered before the next
                    one is read, so a program can keep a batch open and ask it one question after the other.

                    With --json, each line gets one JSON object on one line: line, command and exit; output, which is
                    text, or a JSON document of the command; problems of a line that failed, and notes of one that did
                    not. What hooks print goes to standard error.

                    After a second, standard error shows how many lines were run, if it is a terminal.

                    Commands that do not end by themselves have no place in a batch, nor has --confirm. While the lines
                    come from standard input, commands and hooks cannot read it.
                    """)
                .operand(Options.optional(
                        "[" + Options.FILE + " | -]",
                        "0",
                        "the file with the lines; - or none is standard input",
                        List.of()))
                .option(Options.flag("-k", KEEP_GOING, "goes on after a line that failed"))
                .option(Options.json("one JSON object for each line"))
                .exit("0", "every line succeeded")
                .exit("1", "failed, or the first line that failed ended with 1; likewise for the other codes")
                .exits(ExitCode.MISUSED, ExitCode.NOT_PERMITTED, ExitCode.NOT_FOUND)
                .example("wgj batch peers.wgj", "Runs lines such as `wg set wg0 peer KEY remove'")
                .example(
                        "coproc WGJ { wgj batch --json; }",
                        "Keeps a batch open for a bash script, which gets an answer to each line")
                .build();
    }

    /// A batch within a batch would only hide its lines.
    @Override
    public boolean runsInBatch(List<String> words) {
        return false;
    }

    @Override
    public int run(Invocation invocation, Arguments arguments) throws RefusalException {
        List<String> operands = arguments.operands();
        String path = operands.isEmpty() ? STANDARD_INPUT : operands.getFirst();
        boolean json = arguments.json();
        if (json) {
            invocation.host().takeOut();
        }
        boolean fromInput = path.equals(STANDARD_INPUT);
        // An object for each line on the same terminal is progress enough.
        boolean showsAnswers = json && invocation.host().stdoutIsTerminal();
        try (Progress progress =
                showsAnswers ? Progress.none(invocation.host()) : Progress.of(invocation.host(), "batch", "lines")) {
            BatchHost host = new BatchHost(invocation.host(), fromInput, json, progress);
            BatchAnswers answers = json ? new JsonAnswers(invocation, host) : new TextAnswers(invocation, host);
            BatchRun run = new BatchRun(host, answers, commands, runner, arguments.has(KEEP_GOING), progress);
            return fromInput ? ofInput(invocation, run) : ofFile(invocation, run, path);
        }
    }

    private static int ofInput(Invocation invocation, BatchRun run) throws RefusalException {
        try (InputStream in = invocation.host().takeIn()) {
            return run.all(new CommandLines(in::read));
        } catch (IOException failure) {
            throw refusal(ExitCode.FAILED, "standard input: " + failure.getMessage());
        }
    }

    private static int ofFile(Invocation invocation, BatchRun run, String path) throws RefusalException {
        try (OpenFile file = invocation.host().files().open(path)) {
            return run.all(new CommandLines((into, offset, length) -> {
                try {
                    return file.read(into, offset, length);
                } catch (FileException failure) {
                    throw new UnreadableException(failure);
                }
            }));
        } catch (UnreadableException unreadable) {
            throw refusal(path, unreadable.failure);
        } catch (FileException failure) {
            throw refusal(path, failure);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static RefusalException refusal(String path, FileException failure) {
        return refusal(ExitCode.of(failure), path + ": " + ErrorReport.sentence(failure));
    }

    private static RefusalException refusal(int code, String sentence) {
        return new RefusalException(code, List.of(), List.of("batch: " + sentence));
    }

    /// The file could not be read any further.
    private static final class UnreadableException extends IOException {
        private static final long serialVersionUID = 1;
        private final FileException failure;

        UnreadableException(FileException failure) {
            super(failure);
            this.failure = failure;
        }
    }
}
