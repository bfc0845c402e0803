// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.device;

import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpPrefix;
import java.util.List;
import java.util.Optional;

/// What a peer is right now.
///
/// @param publicKey its name
/// @param presharedKey empty when it has none (a device's all-zero key is none)
/// @param endpoint where it was last seen or is configured to be; empty when neither
/// @param allowedIps in the device's order, host bits cleared
/// @param latestHandshake [HandshakeTime#NEVER] before the first
/// @param rxBytes received, unsigned
/// @param txBytes sent, unsigned
/// @param persistentKeepalive seconds, 0 for off
public record PeerState(
        PublicKey publicKey,
        Optional<PresharedKey> presharedKey,
        Optional<Endpoint.Numeric> endpoint,
        List<IpPrefix> allowedIps,
        HandshakeTime latestHandshake,
        long rxBytes,
        long txBytes,
        int persistentKeepalive) {
    public PeerState {
        allowedIps = List.copyOf(allowedIps);
    }
}
