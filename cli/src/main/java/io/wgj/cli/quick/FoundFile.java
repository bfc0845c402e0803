// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.FileException;
import io.wgj.cli.host.QuickHost;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.InterfaceName;
import io.wgj.netlink.sys.Errno;
import java.util.List;
import java.util.Optional;

/// A configuration file and its interface. The interface's name is that of the given path, even of a symbolic
/// link; everything else is about the link's target.
///
/// @param path absolute, without symbolic links
/// @param worldAccessible whether every user may read, write or execute it
record FoundFile(InterfaceName link, String path, boolean worldAccessible) {
    private static final String FOLDER = "/etc/wireguard/";
    private static final String STANDARD_INPUT = "/dev/stdin";
    private static final String SUFFIX = ".conf";
    private static final int OTHERS = 0007;

    /// The path that `word` names, before links are followed.
    static String given(String word) {
        return InterfaceName.parse(word).isPresent() ? FOLDER + word + SUFFIX : word;
    }

    /// Finds the file that `word` names. `-` is standard input, whose interface an option names.
    static FoundFile orStandardInput(Invocation invocation, Arguments arguments, String word)
            throws MisuseException, RefusalException {
        Optional<String> name = arguments.text(QuickOptions.INTERFACE);
        if (!word.equals("-") || !invocation.extended()) {
            if (name.isPresent()) {
                throw new MisuseException(QuickOptions.INTERFACE + " goes with -; a FILE's name is its interface's");
            }
            return find(invocation, word);
        }
        if (name.isEmpty()) {
            throw new MisuseException("-: standard input has no name; give " + QuickOptions.INTERFACE + " too");
        }
        Optional<InterfaceName> link = InterfaceName.parse(name.get());
        if (link.isEmpty()) {
            throw new MisuseException(name.get() + ": no name for an interface: 1 to 15 letters, digits and _=+.-");
        }
        return new FoundFile(link.get(), STANDARD_INPUT, false);
    }

    /// Whether the configuration comes from standard input.
    boolean isStandardInput() {
        return path.equals(STANDARD_INPUT);
    }

    /// Finds the file that `word` names.
    static FoundFile find(Invocation invocation, String word) throws RefusalException {
        // A name with the suffix is a name all the same, so `wg0.conf` is not the file of that name.
        String given = given(word);
        QuickHost files = invocation.host().quick();
        try {
            files.facts(given);
        } catch (FileException failure) {
            throw unusable(invocation, word, given, failure);
        }
        Optional<InterfaceName> link = name(given);
        if (link.isEmpty()) {
            throw new RefusalException(
                    ExitCode.MISUSED,
                    List.of(invocation.program()
                            + ": The config file must be a valid interface name, followed by .conf"),
                    badName(given));
        }
        try {
            String path = files.realPath(given);
            int everybody = files.facts(path).mode() & files.facts(folder(path)).mode() & OTHERS;
            return new FoundFile(link.get(), path, everybody != 0);
        } catch (FileException failure) {
            throw unusable(invocation, word, given, failure);
        }
    }

    /// Why the file cannot be used. The original reports any file that it cannot examine as missing. A plan for an
    /// ordinary user reports missing permission.
    private static RefusalException unusable(Invocation invocation, String word, String given, FileException failure) {
        return failure.errno() == Errno.EACCES && invocation.extended()
                ? Refusals.of(invocation, ExitCode.NOT_PERMITTED, "`" + given + "': Permission denied; run it as root")
                : new RefusalException(
                        ExitCode.NOT_FOUND,
                        List.of(invocation.program() + ": `" + given + "' does not exist"),
                        otherFile(invocation.host().quick(), word));
    }

    /// Suggests a file for a word that names none.
    private static List<String> otherFile(QuickHost files, String word) {
        if (InterfaceName.parse(word).isPresent()) {
            if (word.endsWith(SUFFIX)) {
                String name = word.substring(0, word.length() - SUFFIX.length());
                if (exists(files, FOLDER + word)) {
                    return List.of("`" + name + "' is the word for " + FOLDER + word);
                }
                if (exists(files, word)) {
                    return List.of("write ./" + word + " for the file in this folder");
                }
            }
            return exists(files, word + SUFFIX)
                    ? List.of("write ./" + word + SUFFIX + " for the file in this folder")
                    : List.of();
        }
        return word.indexOf('/') < 0 && exists(files, FOLDER + word + SUFFIX)
                ? badName(FOLDER + word + SUFFIX)
                : List.of();
    }

    private static boolean exists(QuickHost files, String path) {
        try {
            files.facts(path);
            return true;
        } catch (FileException _) {
            return false;
        }
    }

    /// Why a file's name is no interface's, and a name that is.
    private static List<String> badName(String path) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        if (!last.endsWith(SUFFIX)) {
            return List.of(path + ": the name does not end in .conf");
        }
        String name = last.substring(0, last.length() - SUFFIX.length());
        StringBuilder good = new StringBuilder();
        for (int i = 0; i < name.length() && good.length() < DeviceName.MAX_LENGTH; i++) {
            String c = name.substring(i, i + 1);
            good.append(InterfaceName.parse(c).isPresent() ? c : good.isEmpty() ? "" : "-");
        }
        String why = name.isEmpty()
                ? "there is no name before .conf"
                : name.length() > DeviceName.MAX_LENGTH
                        ? "the name of an interface has at most " + DeviceName.MAX_LENGTH + " characters, `" + name
                                + "' has " + name.length()
                        : "the name of an interface has letters, digits and _=+.- alone";
        String folder = path.substring(0, path.length() - last.length());
        return List.of(
                path + ": " + why + "; rename the file, to " + folder + (good.isEmpty() ? "wg0" : good) + SUFFIX);
    }

    /// The folder that relative paths in the file start from, without a closing slash but for the root's. Those
    /// of standard input start from the working folder.
    String folder() {
        return isStandardInput() ? "." : folder(path);
    }

    private static String folder(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    private static Optional<InterfaceName> name(String path) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        return last.endsWith(SUFFIX)
                ? InterfaceName.parse(last.substring(0, last.length() - SUFFIX.length()))
                : Optional.empty();
    }

    /// The original's first warning about the file; empty when there is none.
    String warning() {
        return worldAccessible ? "Warning: `" + path + "' is world accessible" : "";
    }
}
