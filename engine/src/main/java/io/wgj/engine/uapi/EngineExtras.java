// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.Change;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What our own engine can be told beyond the common protocol: where encrypted packets come from, and from
/// where it takes them. Each wish states a whole list, which takes the place of the one before; an empty
/// list, as a cleared one, lifts the restriction.
///
/// @param underlaySources local addresses of encrypted packets, at most one a family
/// @param allowedSources networks that may send to the listen port, as far as no peer says otherwise
/// @param peerAllowedSources the same for single peers, by key
public record EngineExtras(
        Change<List<IpAddress>> underlaySources,
        Change<List<IpPrefix>> allowedSources,
        Map<PublicKey, List<IpPrefix>> peerAllowedSources) {
    /// Nothing is mentioned.
    public static final EngineExtras NONE = new EngineExtras(Change.keep(), Change.keep(), Map.of());

    public EngineExtras {
        peerAllowedSources = Collections.unmodifiableMap(new LinkedHashMap<>(peerAllowedSources));
    }

    /// Whether nothing is mentioned, so that any device can do it.
    public boolean isEmpty() {
        return !underlaySources.isMentioned() && !allowedSources.isMentioned() && peerAllowedSources.isEmpty();
    }
}
