// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Call;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.FileException;
import io.wgj.cli.host.QuickHost;
import io.wgj.config.net.InterfaceName;
import java.util.Optional;

/// A configuration file and the interface it is named after. The name is the given one's, also where that is a symbolic
/// link; everything else is about the file the link leads to.
///
/// @param path absolute, without symbolic links
record FoundFile(InterfaceName link, String path) {
    private static final String FOLDER = "/etc/wireguard/";
    private static final String SUFFIX = ".conf";
    private static final int OTHERS = 0007;

    /// Finds what `word` means, and warns when everybody may read it.
    static FoundFile find(Call call, String word) throws RefusalException {
        // A name with the suffix is a name all the same, so `wg0.conf` is not the file of that name.
        String given = InterfaceName.parse(word).isPresent() ? FOLDER + word + SUFFIX : word;
        QuickHost files = call.host().quick();
        try {
            files.facts(given);
        } catch (FileException _) {
            throw refusal(call, "`" + given + "' does not exist");
        }
        Optional<InterfaceName> link = name(given);
        if (link.isEmpty()) {
            throw refusal(call, "The config file must be a valid interface name, followed by .conf");
        }
        try {
            String path = files.realPath(given);
            int everybody = files.facts(path).mode() & files.facts(folder(path)).mode() & OTHERS;
            if (everybody != 0) {
                call.say("Warning: `" + path + "' is world accessible");
            }
            return new FoundFile(link.get(), path);
        } catch (FileException _) {
            throw refusal(call, "`" + given + "' does not exist");
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

    private static RefusalException refusal(Call call, String message) {
        return Refusals.of(call, message);
    }
}
