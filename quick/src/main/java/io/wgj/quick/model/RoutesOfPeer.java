// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpPrefix;
import java.util.List;

/// How the routes to one peer are wanted.
///
/// @param allowedIps the peer's networks, which decide which routes are its own
public record RoutesOfPeer(PublicKey peer, List<IpPrefix> allowedIps, Mode mode) {
    public RoutesOfPeer {
        allowedIps = List.copyOf(allowedIps);
    }

    /// What happens to packets to the peer.
    public enum Mode {
        /// They go into the tunnel.
        PRESENT,
        /// They take any other way that the host has.
        REMOVED,
        /// They are refused: no other way carries them.
        UNREACHABLE,
        /// What happened before: a withdrawn route stays withdrawn, and no other one is.
        UNCHANGED;

        /// Whether routes into the tunnel are withdrawn.
        public boolean withdraws() {
            return this == REMOVED || this == UNREACHABLE;
        }
    }
}
