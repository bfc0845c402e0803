// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.file.Key;
import java.util.List;

/// The moment at which a hook runs.
public enum HookPhase {
    PRE_UP(Key.PRE_UP),
    POST_UP(Key.POST_UP),
    PRE_DOWN(Key.PRE_DOWN),
    POST_DOWN(Key.POST_DOWN);

    private final Key key;

    HookPhase(Key key) {
        this.key = key;
    }

    /// Its key in files.
    public String key() {
        return key.text();
    }

    /// The words that run a command of the file as wg-quick does.
    public static List<String> words(String command) {
        return List.of("bash", "-e", "-o", "pipefail", "-O", "extglob", "-c", command);
    }
}
