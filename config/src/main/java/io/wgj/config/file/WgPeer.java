// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What one `[Peer]` section says.
///
/// @param presharedKey empty when not mentioned
/// @param endpoint empty when not mentioned
/// @param persistentKeepalive seconds, 0 for off; empty when not mentioned
/// @param replaceAllowedIps whether the peer's prefixes go before `allowedIps` are applied: unless the
///     section's last `AllowedIPs` line has a `+` or `-`
/// @param allowedIps of all its lines, in order
public record WgPeer(
        PublicKey publicKey,
        Optional<PresharedKey> presharedKey,
        Optional<Located<Endpoint>> endpoint,
        OptionalInt persistentKeepalive,
        boolean replaceAllowedIps,
        List<AllowedIpUpdate> allowedIps) {
    public WgPeer {
        allowedIps = List.copyOf(allowedIps);
    }

    /// The same with another preshared key, for one that is kept outside of the file.
    public WgPeer withPresharedKey(PresharedKey key) {
        return new WgPeer(publicKey, Optional.of(key), endpoint, persistentKeepalive, replaceAllowedIps, allowedIps);
    }
}
