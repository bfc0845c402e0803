// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.FileException;
import io.wgj.cli.host.Host;
import io.wgj.cli.wg.ConfFile;
import io.wgj.config.file.Located;
import io.wgj.config.file.TunnelFile;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.net.InterfaceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Keys that a file names but does not hold, for commands of `wgj`.
public final class FileKeys {
    private static final String SUFFIX = ".conf";
    private static final InterfaceName UNNAMED = new InterfaceName("wg0");

    private FileKeys() {}

    /// `file` with the keys that it names: those of files, and that of a command, which runs once. A file that
    /// others can change is warned about before its command runs.
    ///
    /// @param command which begins each line of a failure
    /// @param path of the file; `-` for standard input, whose relative paths start from the working folder
    public static TunnelFile complete(Invocation invocation, String command, String path, TunnelFile file)
            throws RefusalException {
        try {
            boolean isInput = path.equals("-");
            String real = isInput ? "/dev/stdin" : invocation.host().quick().realPath(path);
            if (!isInput && file.interfaceSection().privateKeyCommand().isPresent()) {
                FileTrust.check(invocation, real, false);
            }
            return new KeySources(invocation, new FoundFile(name(real), real, false)).complete(file);
        } catch (FileException failure) {
            throw new RefusalException(
                    ExitCode.of(failure),
                    List.of(),
                    List.of(command + ": " + path + ": " + ErrorReport.sentence(failure)));
        } catch (RefusalException refusal) {
            throw inOurForm(invocation, command, refusal);
        }
    }

    /// The key in a file that a configuration names, if this user may read it and it is a key; `up` says what is
    /// wrong with any other.
    ///
    /// @param path of the configuration
    /// @param source the value of `PrivateKeyFile`
    public static Optional<PrivateKey> readable(Host host, String path, Located<String> source) {
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        String file = source.value().startsWith("/") ? source.value() : folder + source.value();
        try {
            return PrivateKey.parseBase64(ConfFile.text(host, file).strip());
        } catch (FileException _) {
            return Optional.empty();
        }
    }

    private static InterfaceName name(String path) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        String name = last.endsWith(SUFFIX) ? last.substring(0, last.length() - SUFFIX.length()) : last;
        return InterfaceName.parse(name).orElse(UNNAMED);
    }

    /// The same refusal, whose lines begin with the command instead of the program.
    private static RefusalException inOurForm(Invocation invocation, String command, RefusalException refusal) {
        List<String> lines = new ArrayList<>();
        String program = invocation.program() + ": ";
        for (String line : refusal.wgLines()) {
            lines.add(command + ": " + (line.startsWith(program) ? line.substring(program.length()) : line));
        }
        for (String line : refusal.remarks()) {
            lines.add(command + ": " + line);
        }
        return new RefusalException(refusal.code(), List.of(), lines).withProblems(refusal.problems());
    }
}
