// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.device;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpPrefix;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// One peer of a [FakeDevice]. Its prefixes are kept apart, because another peer may get them.
final class FakePeer {
    final Set<IpPrefix> allowedIps = new LinkedHashSet<>();
    private PeerState state;

    FakePeer(PublicKey key) {
        this(new PeerState(key));
    }

    FakePeer(PeerState state) {
        this.state = state;
        allowedIps.addAll(state.allowedIps());
    }

    PeerState read() {
        return state.withAllowedIps(List.copyOf(allowedIps));
    }

    /// Everything that `settings` mention but the prefixes.
    void apply(PeerSettings<Endpoint.Numeric> settings) {
        if (settings.presharedKey().isMentioned()) {
            state = settings.presharedKey().value().map(state::withPresharedKey).orElseGet(state::withoutPresharedKey);
        }
        if (settings.endpoint().value().isPresent()) {
            state = state.withEndpoint(settings.endpoint().value().get());
        }
        if (settings.persistentKeepalive().isMentioned()) {
            state = state.withPersistentKeepalive(
                    settings.persistentKeepalive().value().orElse(0));
        }
    }
}
