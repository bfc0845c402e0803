// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// What passed the outer device: on the way in before this host's firewall, on the way out after it.
public record WireFacts(Map<WireMessage, Sighting> seen) {
    public WireFacts {
        seen = seen.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(seen));
    }

    /// How often a message was seen.
    public int count(WireMessage message) {
        Sighting sighting = seen.get(message);
        return sighting == null ? 0 : sighting.count();
    }

    /// When a message was seen.
    public Optional<Sighting> sighting(WireMessage message) {
        return Optional.ofNullable(seen.get(message));
    }

    /// Everything that was sent to the endpoint.
    int out() {
        return count(WireMessage.INITIATION_OUT)
                + count(WireMessage.RESPONSE_OUT)
                + count(WireMessage.COOKIE_OUT)
                + count(WireMessage.DATA_OUT);
    }

    /// Everything that came from the endpoint.
    int in() {
        return count(WireMessage.INITIATION_IN)
                + count(WireMessage.RESPONSE_IN)
                + count(WireMessage.COOKIE_IN)
                + count(WireMessage.DATA_IN);
    }
}
