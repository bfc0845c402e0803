// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.diagnosis;

import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.FileException;
import io.wgj.cli.quick.FileKeys;
import io.wgj.cli.quick.FileWord;
import io.wgj.cli.wg.ConfFile;
import io.wgj.config.file.ParsedFile;
import io.wgj.config.file.QuickConfigParser;
import io.wgj.config.file.QuickFile;
import io.wgj.config.key.PrivateKey;
import io.wgj.diagnosis.check.CheckedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the files that `check` is asked about, and the private keys that they name.
final class CheckedFiles {
    private static final String STANDARD_INPUT = "-";

    private final Invocation invocation;

    CheckedFiles(Invocation invocation) {
        this.invocation = invocation;
    }

    /// All files, in the order of `words`.
    List<CheckedFile> read(List<String> words) throws RefusalException {
        List<CheckedFile> files = new ArrayList<>(words.size());
        for (String word : words) {
            files.add(word.equals(STANDARD_INPUT) ? input() : file(FileWord.path(invocation, word)));
        }
        return files;
    }

    private CheckedFile input() throws RefusalException {
        return of("", STANDARD_INPUT, text("/dev/stdin", "standard input"));
    }

    private CheckedFile file(String path) throws RefusalException {
        return of(path, path, text(path, path));
    }

    private CheckedFile of(String path, String name, String text) {
        QuickFile lines = QuickFile.of(name, text);
        ParsedFile parsed = QuickConfigParser.parse(lines);
        Optional<PrivateKey> key = parsed.readable()
                .interfaceSection()
                .privateKeyFile()
                .flatMap(source -> FileKeys.readable(invocation.host(), path, source));
        return new CheckedFile(path, CheckedFile.linkOf(path), lines, parsed, key);
    }

    private String text(String path, String shown) throws RefusalException {
        try {
            return ConfFile.text(invocation.host(), path);
        } catch (FileException failure) {
            throw new RefusalException(
                    ExitCode.of(failure), List.of(), List.of("check: " + shown + ": " + ErrorReport.sentence(failure)));
        }
    }
}
