// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.Change;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpPrefix;
import java.util.Map;
import java.util.Optional;

/// The wanted settings of one peer: all sections of its key taken together.
public final class DesiredPeer {
    private PeerSettings<Endpoint.Numeric> settings =
            PeerSettings.NONE.withPresharedKey(Change.clear()).withPersistentKeepalive(Change.clear());
    private boolean seen;

    /// Adds the next section.
    ///
    /// @param owners the owner of each prefix after the sections so far; changed as this section says
    public void take(PeerUpdate.Put put, Map<IpPrefix, PublicKey> owners) {
        PeerSettings<Endpoint.Numeric> section = put.settings();
        // Devices take an all-zero key for none.
        Optional<PresharedKey> key = section.presharedKey().value();
        boolean none = key.isPresent() && key.get().isZero();
        Change<PresharedKey> presharedKey = none ? Change.clear() : section.presharedKey();
        settings = settings.withPresharedKey(presharedKey.orElse(settings.presharedKey()))
                .withEndpoint(section.endpoint().orElse(settings.endpoint()))
                .withPersistentKeepalive(section.persistentKeepalive().orElse(settings.persistentKeepalive()));
        // Thousands of peers with a section each must not cost thousands of passes over all prefixes.
        if (section.replaceAllowedIps() && seen) {
            owners.values().removeIf(put.publicKey()::equals);
        }
        seen = true;
        for (AllowedIpUpdate entry : section.allowedIps()) {
            IpPrefix prefix = entry.prefix().masked();
            if (entry.remove()) {
                owners.remove(prefix, put.publicKey());
            } else {
                owners.put(prefix, put.publicKey());
            }
        }
    }

    /// The settings without allowed IPs. A preshared key and a keepalive that the file does not have are
    /// cleared, an endpoint is kept.
    public PeerSettings<Endpoint.Numeric> settings() {
        return settings;
    }
}
