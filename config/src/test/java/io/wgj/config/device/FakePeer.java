// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.device;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpPrefix;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One peer of a [FakeDevice]: its prefixes apart, since another peer may take them away.
final class FakePeer {
    final Set<IpPrefix> allowedIps = new LinkedHashSet<>();
    private PeerState state;

    FakePeer(PublicKey key) {
        this(new PeerState(key, Optional.empty(), Optional.empty(), List.of(), HandshakeTime.NEVER, 0, 0, 0));
    }

    FakePeer(PeerState state) {
        this.state = state;
        allowedIps.addAll(state.allowedIps());
    }

    PeerState read() {
        return new PeerState(
                state.publicKey(),
                state.presharedKey(),
                state.endpoint(),
                List.copyOf(allowedIps),
                state.latestHandshake(),
                state.rxBytes(),
                state.txBytes(),
                state.persistentKeepalive());
    }

    /// Everything that `put` mentions but the prefixes.
    void apply(PeerUpdate.Put put) {
        state = new PeerState(
                state.publicKey(),
                put.presharedKey().isMentioned()
                        ? put.presharedKey().value().filter(key -> !key.isZero())
                        : state.presharedKey(),
                put.endpoint().isMentioned() ? put.endpoint().value() : state.endpoint(),
                List.of(),
                state.latestHandshake(),
                state.rxBytes(),
                state.txBytes(),
                put.persistentKeepalive().isMentioned()
                        ? put.persistentKeepalive().value().orElse(0)
                        : state.persistentKeepalive());
    }
}
