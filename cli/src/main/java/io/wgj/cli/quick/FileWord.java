// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Invocation;
import io.wgj.cli.host.FileException;
import io.wgj.config.net.InterfaceName;

/// How commands of `wgj` read a word that names a configuration file.
public final class FileWord {
    private static final String FOLDER = "/etc/wireguard/";
    private static final String SUFFIX = ".conf";

    private FileWord() {}

    /// The path that `word` stands for: `wg0` is the interface's file in /etc/wireguard, unless there is a file of
    /// this name; everything else is a path.
    public static String path(Invocation invocation, String word) {
        boolean isName = InterfaceName.parse(word).isPresent() && !word.endsWith(SUFFIX);
        return isName && !exists(invocation, word) ? FOLDER + word + SUFFIX : word;
    }

    private static boolean exists(Invocation invocation, String path) {
        try {
            invocation.host().quick().facts(path);
            return true;
        } catch (FileException _) {
            return false;
        }
    }
}
