// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import java.util.ArrayList;
import java.util.List;

/// Builds the update of the peer whose lines are being read. The protocol's lines act one after the other.
/// Where their order matters, the peer becomes more than one entry of the update.
final class PeerUpdateBuilder {
    /// What the lines so far say, allowed IPs apart.
    PeerSettings<Endpoint.Numeric> settings = PeerSettings.NONE;

    private final PublicKey publicKey;
    private final List<PeerUpdate> into;
    private final List<AllowedIpUpdate> allowedIps = new ArrayList<>();
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
        into.add(new PeerUpdate.Put(publicKey, updateOnly, settings.withAllowedIps(replaceAllowedIps, allowedIps)));
        allowedIps.clear();
        replaceAllowedIps = false;
    }
}
