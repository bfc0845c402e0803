// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceException;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The settings of wgj's own engine beyond the common protocol: the source addresses of encrypted packets,
/// and the networks that may send them. Each setting replaces the whole list before. An empty list, or a
/// cleared one, lifts the restriction.
///
/// @param underlaySources local addresses of encrypted packets, at most one for each family
/// @param allowedSources networks that may send to the listen port
/// @param peerAllowedSources networks that single peers may send from, by key; intersected with
///     `allowedSources` if there are any
public record EngineOptions(
        Change<List<IpAddress>> underlaySources,
        Change<List<IpPrefix>> allowedSources,
        Map<PublicKey, List<IpPrefix>> peerAllowedSources) {
    /// The names of the settings in the statistics; of a peer's, too.
    public static final String UNDERLAY_SOURCE = "underlay_source";

    public static final String ALLOWED_SOURCES = "allowed_sources";

    /// Mentions nothing.
    public static final EngineOptions NONE = new EngineOptions(Change.keep(), Change.keep(), Map.of());

    public EngineOptions {
        peerAllowedSources = Collections.unmodifiableMap(new LinkedHashMap<>(peerAllowedSources));
    }

    /// The settings of an engine, from its statistics: everything is mentioned.
    public static EngineOptions of(List<EngineStat> stats) throws DeviceException {
        RequestValues values = new RequestValues(_ -> 0);
        List<IpAddress> underlaySources = List.of();
        List<IpPrefix> allowedSources = List.of();
        Map<PublicKey, List<IpPrefix>> peers = new LinkedHashMap<>();
        PublicKey peer = null;
        try {
            for (EngineStat stat : stats) {
                if (stat.name().equals("public_key")) {
                    peer = PublicKey.parseHex(stat.value())
                            .orElseThrow(() -> UapiErrors.malformed("a peer's key is invalid"));
                } else if (stat.name().equals(UNDERLAY_SOURCE)) {
                    underlaySources = values.addresses(stat.name(), stat.value());
                } else if (stat.name().equals(ALLOWED_SOURCES)) {
                    List<IpPrefix> sources = values.prefixes(stat.name(), stat.value());
                    if (peer == null) {
                        allowedSources = sources;
                    } else {
                        peers.put(peer, sources);
                    }
                }
            }
        } catch (RequestException e) {
            throw UapiErrors.malformed(String.valueOf(e.getMessage()));
        }
        return new EngineOptions(Change.set(underlaySources), Change.set(allowedSources), peers);
    }

    /// The same without one peer.
    public EngineOptions without(PublicKey peer) {
        Map<PublicKey, List<IpPrefix>> peers = new LinkedHashMap<>(peerAllowedSources);
        peers.remove(peer);
        return new EngineOptions(underlaySources, allowedSources, peers);
    }

    /// The change from the settings `told` to these, which mention everything.
    public EngineOptions since(EngineOptions told) {
        Map<PublicKey, List<IpPrefix>> peers = new LinkedHashMap<>();
        for (PublicKey peer : told.peerAllowedSources.keySet()) {
            if (!peerAllowedSources.containsKey(peer)) {
                peers.put(peer, List.of());
            }
        }
        for (Map.Entry<PublicKey, List<IpPrefix>> entry : peerAllowedSources.entrySet()) {
            if (!entry.getValue().equals(told.peerAllowedSources.get(entry.getKey()))) {
                peers.put(entry.getKey(), entry.getValue());
            }
        }
        return new EngineOptions(
                underlaySources.equals(told.underlaySources) ? Change.keep() : underlaySources,
                allowedSources.equals(told.allowedSources) ? Change.keep() : allowedSources,
                peers);
    }

    /// Whether there is no restriction, so that any engine will do.
    public boolean isUnrestricted() {
        return underlaySources.value().orElse(List.of()).isEmpty()
                && allowedSources.value().orElse(List.of()).isEmpty()
                && peerAllowedSources.isEmpty();
    }

    /// Whether nothing is mentioned, so that any device can apply it.
    public boolean isEmpty() {
        return !underlaySources.isMentioned() && !allowedSources.isMentioned() && peerAllowedSources.isEmpty();
    }
}
