// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Call;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.FileException;
import io.wgj.cli.host.QuickHost;
import io.wgj.config.net.InterfaceName;
import java.util.Optional;

/// A configuration file and the interface it is named after. The name is the given one's, also where that is a symbolic
/// link; everything else is about the file the link leads to.
///
/// @param path absolute, without symbolic links
/// @param worldAccessible whether everybody may do something with the file
record FoundFile(InterfaceName link, String path, boolean worldAccessible) {
    private static final String FOLDER = "/etc/wireguard/";
    private static final String SUFFIX = ".conf";
    private static final int OTHERS = 0007;

    /// Finds what `word` means.
    static FoundFile find(Call call, String word) throws RefusalException {
        // A name with the suffix is a name all the same, so `wg0.conf` is not the file of that name.
        String given = InterfaceName.parse(word).isPresent() ? FOLDER + word + SUFFIX : word;
        QuickHost files = call.host().quick();
        try {
            files.facts(given);
        } catch (FileException _) {
            throw Refusals.original(call, ExitCode.NOT_FOUND, "`" + given + "' does not exist");
        }
        Optional<InterfaceName> link = name(given);
        if (link.isEmpty()) {
            throw Refusals.of(
                    call, ExitCode.MISUSED, "The config file must be a valid interface name, followed by .conf");
        }
        try {
            String path = files.realPath(given);
            int everybody = files.facts(path).mode() & files.facts(folder(path)).mode() & OTHERS;
            return new FoundFile(link.get(), path, everybody != 0);
        } catch (FileException _) {
            throw Refusals.original(call, ExitCode.NOT_FOUND, "`" + given + "' does not exist");
        }
    }

    /// The folder that relative paths in the file start from, without a closing slash but for the root's.
    String folder() {
        return folder(path);
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

    /// What the original says before it does anything else; empty when there is nothing to say.
    String warning() {
        return worldAccessible ? "Warning: `" + path + "' is world accessible" : "";
    }
}
