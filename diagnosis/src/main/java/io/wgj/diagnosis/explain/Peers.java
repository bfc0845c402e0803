// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.explain;

import io.wgj.config.device.DeviceState;
import io.wgj.config.device.PeerState;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The peer of an address: the one with the longest allowed IP that covers it, and the last of two with the same.
final class Peers {
    private Peers() {}

    /// A peer and the allowed IP that covers an address.
    record Match(PeerState peer, IpPrefix allowed) {}

    static Optional<Match> of(DeviceState device, IpAddress address) {
        Match best = null;
        for (Match match : covering(device, address)) {
            if (best == null || match.allowed().length() >= best.allowed().length()) {
                best = match;
            }
        }
        return Optional.ofNullable(best);
    }

    /// All allowed IPs that cover an address, in order.
    static List<Match> covering(DeviceState device, IpAddress address) {
        List<Match> found = new ArrayList<>();
        for (PeerState peer : device.peers()) {
            for (IpPrefix allowed : peer.allowedIps()) {
                if (allowed.contains(address)) {
                    found.add(new Match(peer, allowed));
                }
            }
        }
        return found;
    }
}
