// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpPrefix;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What was observed of the peer.
///
/// @param keepalive seconds; 0 for off
/// @param handshake the latest one
/// @param handshakeSeen whether a handshake was completed during the observation
/// @param rx bytes received during the observation
/// @param tx bytes sent during the observation
public record PeerFacts(
        PublicKey key,
        Optional<Endpoint.Numeric> endpoint,
        List<IpPrefix> allowedIps,
        int keepalive,
        Optional<Instant> handshake,
        boolean handshakeSeen,
        long rx,
        long tx) {
    public PeerFacts {
        allowedIps = List.copyOf(allowedIps);
    }
}
