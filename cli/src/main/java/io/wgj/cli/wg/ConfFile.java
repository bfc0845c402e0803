// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.FileException;
import io.wgj.cli.host.Host;
import io.wgj.config.file.Advice;
import io.wgj.config.file.Key;
import io.wgj.config.file.ParsedFile;
import io.wgj.config.file.Problem;
import io.wgj.config.file.TunnelFile;
import io.wgj.config.file.WgConfigParser;
import java.util.ArrayList;
import java.util.List;

/// Reads configuration files for the commands, and reports every problem of them.
public final class ConfFile {
    private ConfFile() {}

    /// Parses the file at `path`. The original reports the first problem; our lines report all of them.
    static TunnelFile parse(Invocation invocation, String path) throws RefusalException {
        return parse(invocation, path, read(invocation.host(), path));
    }

    /// The same for the content of a file.
    ///
    /// @param path to show in messages
    /// @param text bytes, one a char
    public static TunnelFile parse(Invocation invocation, String path, String text) throws RefusalException {
        ParsedFile parsed = WgConfigParser.parse(path, text);
        for (String warning : parsed.warnings()) {
            invocation.report(warning);
        }
        if (parsed.file().isPresent()) {
            for (Advice advice : parsed.advice()) {
                invocation.remark(advice.place() + ": " + advice.text());
            }
            return parsed.file().get();
        }
        List<Problem> problems = parsed.wgProblems();
        List<String> remarks = new ArrayList<>();
        for (Problem problem : problems) {
            remarks.add(ErrorReport.sentence(problem));
        }
        if (problems.getFirst().key().equals(Key.ENDPOINT.text())) {
            new EndpointResolver(invocation.host()).checkRetries();
        }
        throw new RefusalException(ExitCode.INVALID, problems.getFirst().wgLines(), remarks).withProblems(problems);
    }

    /// The whole file. Unlike the original, which takes what it cannot read for an empty file and wipes the
    /// device, a directory or a read error is refused.
    private static String read(Host host, String path) throws RefusalException {
        try {
            return text(host, path);
        } catch (FileException failure) {
            String reason = failure.kind().isEmpty() ? "cannot be read" : ErrorReport.sentence(failure);
            throw new RefusalException(
                    "fopen: " + ErrorReport.sentence(failure.errno()), path + ": " + reason + "; nothing was sent");
        }
    }

    /// The whole file, a byte a char, for commands of ours.
    ///
    /// @param path `-` is standard input
    public static String textOrRefusal(Host host, String path) throws RefusalException {
        try {
            return text(host, path.equals("-") ? "/dev/stdin" : path);
        } catch (FileException failure) {
            throw new RefusalException(
                    ExitCode.of(failure), List.of(), List.of(path + ": " + ErrorReport.sentence(failure)));
        }
    }

    /// The whole file, a byte a char.
    public static String text(Host host, String path) throws FileException {
        return host.files().readAll(path);
    }
}
