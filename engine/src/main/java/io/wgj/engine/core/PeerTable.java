// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.config.key.PublicKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The device's peers by their keys, in the order of their creation. Guarded by the device's monitor.
final class PeerTable {
    private final Map<PublicKey, Peer> peers = new LinkedHashMap<>();

    @Nullable
    Peer find(PublicKey key) {
        return peers.get(key);
    }

    void add(Peer peer) {
        peers.put(peer.publicKey(), peer);
    }

    void remove(Peer peer) {
        peers.remove(peer.publicKey(), peer);
    }

    Collection<Peer> all() {
        return peers.values();
    }
}
