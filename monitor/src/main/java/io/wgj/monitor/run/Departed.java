// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.monitor.liveness.SavedLiveness;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The peers that are gone, as long as they may come back: an interface that is deleted and made again within
/// some seconds is the same one to scripts. For the monitor's thread alone.
final class Departed {
    /// In time during which the monitor ran.
    static final long PATIENCE_NANOS = 5_000_000_000L;

    private final Map<Place, Peer> peers = new LinkedHashMap<>();

    /// Where a peer was.
    record Place(DeviceName iface, PublicKey key) {}

    /// What is known of it.
    ///
    /// @param deadline of the monitor's observed time
    record Peer(
            Place place,
            int index,
            Optional<String> name,
            String endpoint,
            SavedLiveness liveness,
            Optional<String> configFile,
            List<String> peerDown,
            long deadline) {}

    void add(Peer peer) {
        peers.put(peer.place(), peer);
    }

    /// Takes the peer that was here, if there was one.
    Optional<Peer> take(Place place) {
        return Optional.ofNullable(peers.remove(place));
    }

    /// Takes all whose time is over.
    ///
    /// @param mayComeBack whether the interface of that name may still show its peers
    List<Peer> over(long observed, Predicate<DeviceName> mayComeBack) {
        List<Peer> over = new ArrayList<>();
        for (Iterator<Peer> all = peers.values().iterator(); all.hasNext(); ) {
            Peer peer = all.next();
            if (peer.deadline() <= observed && !mayComeBack.test(peer.place().iface())) {
                over.add(peer);
                all.remove();
            }
        }
        return over;
    }

    boolean isEmpty() {
        return peers.isEmpty();
    }

    /// All of them, so that they can be saved.
    List<Peer> all() {
        return List.copyOf(peers.values());
    }
}
