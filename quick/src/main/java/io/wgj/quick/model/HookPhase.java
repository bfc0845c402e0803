// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import java.util.List;

/// The moment at which a hook runs.
public enum HookPhase {
    PRE_UP("PreUp"),
    POST_UP("PostUp"),
    PRE_DOWN("PreDown"),
    POST_DOWN("PostDown");

    private final String key;

    HookPhase(String key) {
        this.key = key;
    }

    /// Its key in files.
    public String key() {
        return key;
    }

    /// The words that run a command of the file as wg-quick does.
    public static List<String> words(String command) {
        return List.of("bash", "-e", "-o", "pipefail", "-O", "extglob", "-c", command);
    }
}
