// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.protocol;

import io.wgj.config.key.PublicKey;
import java.util.Optional;

/// A peer as users name it: by its public key in base64, or by its name in the configuration file.
public final class PeerWord {
    private PeerWord() {}

    /// Whether `word` names the peer.
    public static boolean matches(String word, PublicKey key, Optional<String> name) {
        return name.isPresent() && name.get().equals(word) || key.toBase64().equals(word);
    }
}
