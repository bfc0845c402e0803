// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.Change;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpPrefix;
import java.util.Map;

/// What a file wants of one peer, all sections of its key taken together.
public final class DesiredPeer {
    private Change<PresharedKey> presharedKey = Change.clear();
    private Change<Endpoint.Numeric> endpoint = Change.keep();
    private Change<Integer> keepalive = Change.clear();
    private boolean seen;

    /// @param owners whose each prefix is after the sections so far
    public void take(PeerUpdate.Put put, Map<IpPrefix, PublicKey> owners) {
        if (put.presharedKey().isMentioned()) {
            // Devices take an all-zero key for none.
            boolean none =
                    put.presharedKey().value().filter(key -> !key.isZero()).isEmpty();
            presharedKey = none ? Change.clear() : put.presharedKey();
        }
        endpoint = put.endpoint().isMentioned() ? put.endpoint() : endpoint;
        keepalive = put.persistentKeepalive().isMentioned() ? put.persistentKeepalive() : keepalive;
        // Thousands of peers with a section each must not cost thousands of passes over all prefixes.
        if (put.replaceAllowedIps() && seen) {
            owners.values().removeIf(put.publicKey()::equals);
        }
        seen = true;
        for (AllowedIpUpdate entry : put.allowedIps()) {
            IpPrefix prefix = entry.prefix().masked();
            if (entry.remove()) {
                owners.remove(prefix, put.publicKey());
            } else {
                owners.put(prefix, put.publicKey());
            }
        }
    }

    /// Cleared when the file has none.
    public Change<PresharedKey> presharedKey() {
        return presharedKey;
    }

    /// Kept when the file has none.
    public Change<Endpoint.Numeric> endpoint() {
        return endpoint;
    }

    /// Cleared when the file has none.
    public Change<Integer> keepalive() {
        return keepalive;
    }
}
