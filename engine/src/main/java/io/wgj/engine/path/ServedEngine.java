// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.PeerState;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.engine.core.EngineDevice;
import io.wgj.engine.uapi.EngineExtras;
import io.wgj.engine.uapi.EngineFact;
import io.wgj.engine.uapi.ServedDevice;
import io.wgj.engine.uapi.SetRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An [Engine] as the UAPI socket serves it: what every implementation can be told, what only ours can (`Underlay`,
/// `AllowedSources`), and what it tells of itself.
final class ServedEngine implements ServedDevice {
    private final EngineDevice device;
    private final EngineFacts facts;
    /// Networks that may send to the listen port, as far as no peer says otherwise; empty for any.
    private List<IpPrefix> allowedSources = List.of();

    private final Map<PublicKey, List<IpPrefix>> peerAllowedSources = new HashMap<>();

    ServedEngine(EngineDevice device, EngineFacts facts) {
        this.device = device;
        this.facts = facts;
    }

    @Override
    public DeviceState read() {
        return device.read();
    }

    @Override
    public synchronized void apply(SetRequest request) throws DeviceException {
        device.apply(request.update());
        EngineExtras extras = request.extras();
        if (extras.underlaySources().isMentioned()) {
            setUnderlay(extras.underlaySources().value().orElse(List.of()));
        }
        boolean restricted = !allowedSources.isEmpty() || !peerAllowedSources.isEmpty();
        if (extras.allowedSources().isMentioned()) {
            allowedSources = List.copyOf(extras.allowedSources().value().orElse(List.of()));
        }
        peerAllowedSources.putAll(extras.peerAllowedSources());
        if (restricted || !allowedSources.isEmpty() || !peerAllowedSources.isEmpty()) {
            restrict();
        }
    }

    @Override
    public synchronized List<EngineFact> facts() {
        return facts.now(allowedSources);
    }

    private void setUnderlay(List<IpAddress> sources) {
        for (boolean ipv6 : new boolean[] {false, true}) {
            IpAddress source = sources.stream()
                    .filter(address -> address.v6() == ipv6)
                    .findFirst()
                    .orElse(null);
            device.setUnderlaySource(ipv6, source);
        }
    }

    private void restrict() {
        Set<PublicKey> present = new HashSet<>();
        for (PeerState peer : device.read().peers()) {
            present.add(peer.publicKey());
            List<IpPrefix> own = peerAllowedSources.getOrDefault(peer.publicKey(), List.of());
            device.setAllowedSources(peer.publicKey(), anyWhenEmpty(own.isEmpty() ? allowedSources : own));
        }
        // A peer that is removed and comes back starts afresh.
        peerAllowedSources.keySet().retainAll(present);
    }

    private static @Nullable List<IpPrefix> anyWhenEmpty(List<IpPrefix> sources) {
        return sources.isEmpty() ? null : sources;
    }
}
