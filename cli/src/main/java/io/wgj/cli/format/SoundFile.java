// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.format;

import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.FileException;
import io.wgj.cli.quick.FileWord;
import io.wgj.cli.wg.ConfFile;
import io.wgj.config.file.FileEncoding;
import io.wgj.config.file.FileText;
import io.wgj.config.file.ParsedFile;
import io.wgj.config.file.Problem;
import io.wgj.config.file.QuickConfigParser;
import io.wgj.config.file.QuickFile;
import io.wgj.config.file.TunnelFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A configuration file without problems, for commands that rewrite or pass on what it says.
///
/// @param path of the file; `-` for standard input
/// @param text a byte a char
/// @param file what it says
public record SoundFile(String path, String text, TunnelFile file) {
    private static final String STANDARD_INPUT = "-";

    /// Reads the file that `word` names; every problem of it is a line of the refusal.
    ///
    /// @param command which begins each line
    /// @param word a path, the name of an interface, or `-` for standard input
    public static SoundFile read(Invocation invocation, String command, String word) throws RefusalException {
        String path = word.equals(STANDARD_INPUT) ? word : FileWord.path(invocation, word);
        String text = text(invocation, command, path);
        return new SoundFile(path, text, parse(command, path, text));
    }

    /// Refuses a text that has a problem.
    ///
    /// @param command which begins each line
    public static void refuseProblems(String command, String path, String text) throws RefusalException {
        TunnelFile _ = parse(command, path, text);
    }

    private static TunnelFile parse(String command, String path, String text) throws RefusalException {
        List<Problem> problems = new ArrayList<>();
        Optional<Problem> encoding = FileEncoding.problem(path, text);
        encoding.ifPresent(problems::add);
        if (encoding.isEmpty()) {
            ParsedFile parsed = QuickConfigParser.parse(QuickFile.of(path, text));
            if (parsed.file().isPresent()) {
                return parsed.file().get();
            }
            problems.addAll(parsed.problems());
        }
        List<String> lines = new ArrayList<>();
        for (Problem problem : problems) {
            lines.add(command + ": " + ErrorReport.sentence(problem));
        }
        throw new RefusalException(ExitCode.INVALID, List.of(), lines).withProblems(problems);
    }

    private static String text(Invocation invocation, String command, String path) throws RefusalException {
        try {
            return ConfFile.text(invocation.host(), path.equals(STANDARD_INPUT) ? "/dev/stdin" : path);
        } catch (FileException failure) {
            throw refusal(command, ExitCode.of(failure), path + ": " + ErrorReport.sentence(failure));
        }
    }

    /// Whether it comes from standard input.
    public boolean isStandardInput() {
        return path.equals(STANDARD_INPUT);
    }

    /// Its lines with their layout.
    public FileText lines() {
        return FileText.of(text);
    }

    /// Gives the file another text, unless it has changed since it was read.
    ///
    /// @param command which begins the line of a failure
    public void replace(Invocation invocation, String command, String other) throws RefusalException {
        if (!text(invocation, command, path).equals(text)) {
            throw refusal(
                    command,
                    ExitCode.FAILED,
                    path + ": another program has changed the file meanwhile; it was left as it is; run it again");
        }
        try {
            invocation.host().quick().replace(path, other);
        } catch (FileException failure) {
            throw refusal(
                    command,
                    ExitCode.of(failure),
                    path + ": " + ErrorReport.sentence(failure) + "; the file is as it was");
        }
    }

    private static RefusalException refusal(String command, int code, String sentence) {
        return new RefusalException(code, List.of(), List.of(command + ": " + sentence));
    }
}
