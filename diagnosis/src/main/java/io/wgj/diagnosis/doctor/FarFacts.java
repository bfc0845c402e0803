// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpPrefix;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the far end says of itself.
///
/// @param source where it says so: a file, or a network namespace of this host
/// @param key the public key of its interface; empty when it has none
/// @param listenPort 0 when unknown
/// @param up whether its interface is switched on; empty when unknown
/// @param addresses of its interface; empty when unknown
/// @param us its peer with the key of this end; empty when it has none
/// @param clock the far end's clock when it said so; empty when unknown
/// @param live whether it was read at the beginning and at the end of the observation, so that [Us] tells growth
public record FarFacts(
        String source,
        Optional<PublicKey> key,
        int listenPort,
        Optional<Boolean> up,
        List<IpPrefix> addresses,
        Optional<Us> us,
        Optional<Instant> clock,
        boolean live) {
    public FarFacts {
        addresses = List.copyOf(addresses);
    }

    /// A far end whose clock is unknown.
    public FarFacts(
            String source,
            Optional<PublicKey> key,
            int listenPort,
            Optional<Boolean> up,
            List<IpPrefix> addresses,
            Optional<Us> us,
            boolean live) {
        this(source, key, listenPort, up, addresses, us, Optional.empty(), live);
    }

    /// The far end's peer that is this end.
    ///
    /// @param handshake the latest one
    /// @param rx bytes received; during the observation when the far end was read twice, else since ever
    /// @param tx bytes sent, likewise
    public record Us(List<IpPrefix> allowedIps, Optional<Instant> handshake, long rx, long tx) {
        public Us {
            allowedIps = List.copyOf(allowedIps);
        }
    }
}
