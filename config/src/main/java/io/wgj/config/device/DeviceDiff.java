// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.device;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turns the replacement of a whole device into a change that keeps the sessions of peers that stay.
public final class DeviceDiff {
    private DeviceDiff() {}

    /// What `syncconf` sends to turn `now` into what `replacing` describes. Peers that the file does not have are
    /// removed first, in descending order of their keys as `wg` does it. Peers on both sides are updated in place,
    /// whole and in the file's order. Endpoints that are not mentioned stay.
    ///
    /// @param replacing a whole configuration (`replacePeers` is set). One without peers is returned unchanged,
    ///     whatever `now` is
    public static DeviceUpdate sync(DeviceState now, DeviceUpdate replacing) {
        if (now.peers().isEmpty() || replacing.peers().isEmpty()) {
            return replacing;
        }
        Map<PublicKey, PeerState> present = new HashMap<>();
        for (PeerState peer : now.peers()) {
            present.put(peer.publicKey(), peer);
        }
        List<PeerUpdate> peers = removals(now, replacing);
        for (PeerUpdate peer : replacing.peers()) {
            // Only a key's first section erases. The first may have set what a second one does not mention.
            PeerState state = present.remove(peer.publicKey());
            peers.add(state != null && peer instanceof PeerUpdate.Put put ? erasingAbsent(put, state) : peer);
        }
        return new DeviceUpdate(replacing.privateKey(), replacing.listenPort(), replacing.fwmark(), false, peers);
    }

    private static List<PeerUpdate> removals(DeviceState now, DeviceUpdate replacing) {
        Set<PublicKey> wanted = new HashSet<>();
        for (PeerUpdate peer : replacing.peers()) {
            wanted.add(peer.publicKey());
        }
        List<PublicKey> unwanted = new ArrayList<>();
        for (PeerState peer : now.peers()) {
            if (!wanted.contains(peer.publicKey())) {
                unwanted.add(peer.publicKey());
            }
        }
        unwanted.sort((left, right) -> Arrays.compareUnsigned(right.toBytes(), left.toBytes()));
        List<PeerUpdate> removals =
                new ArrayList<>(unwanted.size() + replacing.peers().size());
        for (PublicKey key : unwanted) {
            removals.add(new PeerUpdate.Remove(key));
        }
        return removals;
    }

    /// A new peer has no preshared key and no keepalive, so one that stays must lose them.
    private static PeerUpdate.Put erasingAbsent(PeerUpdate.Put put, PeerState state) {
        PeerSettings<Endpoint.Numeric> settings = put.settings();
        if (!settings.presharedKey().isMentioned() && state.presharedKey().isPresent()) {
            settings = settings.withPresharedKey(Change.clear());
        }
        if (!settings.persistentKeepalive().isMentioned() && state.persistentKeepalive() != 0) {
            settings = settings.withPersistentKeepalive(Change.clear());
        }
        return new PeerUpdate.Put(put.publicKey(), put.updateOnly(), settings);
    }
}
