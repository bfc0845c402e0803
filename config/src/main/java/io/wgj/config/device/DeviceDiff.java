// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.device;

import io.wgj.config.key.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turns the replacement of a whole device into the change of one that runs: sessions of peers that stay are
/// kept.
public final class DeviceDiff {
    private DeviceDiff() {}

    /// What `syncconf` sends to make `now` what `replacing` describes. Peers that the file does not have go
    /// first, in descending order of their keys as `wg` does it; those on both sides are updated in place,
    /// complete and in the file's order; endpoints that are not mentioned stay.
    ///
    /// @param replacing a whole configuration (`replacePeers` is set). Without peers it is returned as it is,
    ///     and `now` need not have been read
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
            // Only a key's first section erases: what a second one does not mention, the first may have set.
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

    /// A fresh peer would have neither; one that stays must lose them.
    private static PeerUpdate.Put erasingAbsent(PeerUpdate.Put put, PeerState state) {
        boolean clearKey =
                !put.presharedKey().isMentioned() && state.presharedKey().isPresent();
        boolean clearKeepalive = !put.persistentKeepalive().isMentioned() && state.persistentKeepalive() != 0;
        return new PeerUpdate.Put(
                put.publicKey(),
                clearKey ? Change.clear() : put.presharedKey(),
                put.endpoint(),
                clearKeepalive ? Change.clear() : put.persistentKeepalive(),
                put.replaceAllowedIps(),
                put.updateOnly(),
                put.allowedIps());
    }
}
