// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.device;

import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import java.util.List;

/// What to change about one peer.
public sealed interface PeerUpdate {
    /// The peer's name.
    PublicKey publicKey();

    /// Takes the peer away; one that is not there is left so silently.
    record Remove(PublicKey publicKey) implements PeerUpdate {}

    /// Creates the peer, or changes what is mentioned of one that is there.
    ///
    /// @param endpoint never [Change.Clear]: no device forgets an endpoint
    /// @param persistentKeepalive seconds, 1 to 65535; cleared means off
    /// @param replaceAllowedIps whether the peer's prefixes go before `allowedIps` are applied
    /// @param updateOnly leave a peer alone that does not exist yet
    /// @param allowedIps in order; the last mention of a prefix wins
    record Put(
            PublicKey publicKey,
            Change<PresharedKey> presharedKey,
            Change<Endpoint.Numeric> endpoint,
            Change<Integer> persistentKeepalive,
            boolean replaceAllowedIps,
            boolean updateOnly,
            List<AllowedIpUpdate> allowedIps)
            implements PeerUpdate {
        public Put {
            allowedIps = List.copyOf(allowedIps);
        }

        /// Creates the peer if it is not there, and mentions nothing else.
        public Put(PublicKey publicKey) {
            this(publicKey, Change.keep(), Change.keep(), Change.keep(), false, false, List.of());
        }
    }
}
