// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.cli.host.FileException;
import io.wgj.cli.host.Host;
import java.util.List;

/// `wgj genkey -o FILE` and `wgj genpsk -o FILE`: a new key in a new file that only its owner can read. An
/// existing file is never overwritten, and a failure leaves no file.
final class NewKeyFile {
    static final int KEY_BYTES = 32;

    private static final String OUTPUT = "--output";

    /// `S_IRWXO` (linux/stat.h).
    private static final int S_IRWXO = 7;

    private NewKeyFile() {}

    /// Adds the options and exit codes that both commands have.
    ///
    /// @param printed what the command prints when the file is written
    static SpecBuilder options(SpecBuilder spec, String printed) {
        return spec.synopsis("[-o FILE [--json] [-q]]")
                .option(Options.value(
                        "-o",
                        OUTPUT,
                        Options.FILE,
                        "writes the key to a new FILE with mode 0600 and prints " + printed
                                + "; never overwrites, and leaves no file when it fails"))
                .option(Options.json("with -o: one JSON document"))
                .option(Options.quiet("with -o: prints errors only"))
                .exits(ExitCode.DONE, ExitCode.FAILED);
    }

    /// Whether the words ask for a file. The original has no options.
    static boolean isAskedFor(Invocation invocation) {
        if (invocation.extended()) {
            List<String> words = invocation.words();
            for (int i = 1; i < words.size(); i++) {
                if (words.get(i).startsWith("-o") || words.get(i).startsWith(OUTPUT)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Writes `key` to the file that the words name; its path.
    static String write(Invocation invocation, Arguments arguments, String command, String key)
            throws MisuseException, RefusalException {
        String path = arguments.text(OUTPUT).orElseThrow();
        if (path.equals("-")) {
            throw new MisuseException("-o needs a FILE; without -o the key goes to standard output");
        }
        try {
            invocation.host().quick().createNew(path, key + "\n");
            return path;
        } catch (FileException failure) {
            throw new RefusalException(
                    ExitCode.of(failure),
                    List.of(),
                    List.of(command + ": " + path + ": " + ErrorReport.sentence(failure.errno())
                            + "; no key was written"));
        }
    }

    /// Warns, as the original does, when standard output is a file that others can reach.
    static void warnIfWorldAccessible(Invocation invocation) {
        int mode = invocation.host().stdoutMode();
        if ((mode & Host.S_IFMT) == Host.S_IFREG && (mode & S_IRWXO) != 0) {
            invocation.report("Warning: writing to world accessible file.");
            invocation.report("Set the umask to 077 first, then others cannot read the key.");
        }
    }
}
