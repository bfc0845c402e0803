// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.monitor.hooks.HookJob;
import io.wgj.monitor.liveness.SavedLiveness;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a monitor knows that its successor in the same boot needs, so that no event or script is repeated or
/// lost.
///
/// @param interfaces that were followed
/// @param hooks jobs that have not started, in their order, without their commands
record SavedState(List<SavedInterface> interfaces, List<HookJob> hooks) {
    static final SavedState EMPTY = new SavedState(List.of(), List.of());

    SavedState {
        interfaces = List.copyOf(interfaces);
        hooks = List.copyOf(hooks);
    }

    /// What a monitor knows now.
    ///
    /// @param departed peers that are gone, and may come back
    static SavedState of(Collection<WatchedInterface> interfaces, Departed departed, List<HookJob> hooks) {
        List<SavedInterface> all = new ArrayList<>();
        Set<DeviceName> names = new HashSet<>();
        for (WatchedInterface iface : interfaces) {
            List<SavedPeer> peers = new ArrayList<>();
            for (WatchedPeer peer : iface.peers()) {
                peers.add(new SavedPeer(peer.key(), peer.settings().name(), peer.endpointText(), peer.save()));
            }
            FoundInterface found = iface.found();
            peers.addAll(departed(found.name(), departed));
            names.add(found.name());
            all.add(new SavedInterface(
                    found.index(), found.name(), iface.settings().path(), peers));
        }
        // Interfaces that are gone themselves.
        for (Departed.Peer peer : departed.all()) {
            DeviceName name = peer.place().iface();
            if (names.add(name)) {
                all.add(new SavedInterface(peer.index(), name, peer.configFile(), departed(name, departed)));
            }
        }
        return new SavedState(all, hooks);
    }

    private static List<SavedPeer> departed(DeviceName iface, Departed departed) {
        List<SavedPeer> peers = new ArrayList<>();
        for (Departed.Peer peer : departed.all()) {
            if (peer.place().iface().equals(iface)) {
                peers.add(new SavedPeer(peer.place().key(), peer.name(), peer.endpoint(), peer.liveness()));
            }
        }
        return peers;
    }

    /// An interface that was followed.
    ///
    /// @param configFile the path of its file; empty when it has none
    record SavedInterface(int index, DeviceName name, Optional<String> configFile, List<SavedPeer> peers) {
        SavedInterface {
            peers = List.copyOf(peers);
        }
    }

    /// A peer of it.
    ///
    /// @param name of the peer, from the file
    /// @param endpoint as text; empty when it was unknown
    record SavedPeer(PublicKey key, Optional<String> name, String endpoint, SavedLiveness liveness) {}
}
