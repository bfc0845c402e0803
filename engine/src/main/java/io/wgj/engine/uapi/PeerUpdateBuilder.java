// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.Change;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import java.util.ArrayList;
import java.util.List;

/// Builds the update of the peer whose lines are being read. The protocol's lines act one after the other.
/// Where their order matters, the peer becomes more than one entry of the update.
final class PeerUpdateBuilder {
    private final PublicKey publicKey;
    private final List<PeerUpdate> into;
    private final List<AllowedIpUpdate> allowedIps = new ArrayList<>();
    private Change<PresharedKey> presharedKey = Change.keep();
    private Change<Endpoint.Numeric> endpoint = Change.keep();
    private Change<Integer> persistentKeepalive = Change.keep();
    private boolean replaceAllowedIps;
    private boolean updateOnly;
    private boolean removed;

    /// @param into takes the entries
    PeerUpdateBuilder(PublicKey publicKey, List<PeerUpdate> into) {
        this.publicKey = publicKey;
        this.into = into;
    }

    PublicKey publicKey() {
        return publicKey;
    }

    void updateOnly() {
        updateOnly = true;
    }

    void presharedKey(Change<PresharedKey> change) {
        presharedKey = change;
    }

    void endpoint(Endpoint.Numeric numeric) {
        endpoint = Change.set(numeric);
    }

    void persistentKeepalive(Change<Integer> change) {
        persistentKeepalive = change;
    }

    void allowedIp(AllowedIpUpdate update) {
        allowedIps.add(update);
    }

    /// Also removes the prefixes of the lines before, which other peers may have had.
    void replaceAllowedIps() {
        if (!allowedIps.isEmpty()) {
            flush();
        }
        replaceAllowedIps = true;
    }

    /// Ignores everything that follows about this peer.
    void remove() {
        if (!removed && !allowedIps.isEmpty()) {
            flush();
        }
        removed = true;
    }

    void close() {
        if (removed) {
            into.add(new PeerUpdate.Remove(publicKey));
        } else {
            flush();
        }
    }

    private void flush() {
        if (removed) {
            return;
        }
        into.add(new PeerUpdate.Put(
                publicKey, presharedKey, endpoint, persistentKeepalive, replaceAllowedIps, updateOnly, allowedIps));
        allowedIps.clear();
        replaceAllowedIps = false;
    }
}
