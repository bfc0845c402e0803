// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.Change;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.file.AllowedIpList;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import java.util.ArrayList;
import java.util.List;

/// The settings that the words of `wg set` have given one peer so far. Of repeated words the last one counts;
/// prefixes accumulate.
final class PeerWords {
    private final PublicKey publicKey;
    private boolean removed;
    private PeerSettings<Endpoint.Numeric> settings = PeerSettings.NONE;
    private boolean replaceAllowedIps;
    private final List<AllowedIpUpdate> allowedIps = new ArrayList<>();

    PeerWords(PublicKey publicKey) {
        this.publicKey = publicKey;
    }

    void remove() {
        removed = true;
    }

    void presharedKey(Change<PresharedKey> change) {
        settings = settings.withPresharedKey(change);
    }

    void endpoint(Endpoint.Numeric address) {
        settings = settings.withEndpoint(address);
    }

    /// @param seconds 0 for off
    void persistentKeepalive(int seconds) {
        settings = settings.withPersistentKeepalive(seconds);
    }

    /// Adds prefixes. Only the last list decides whether the peer's prefixes are replaced.
    void allowedIps(AllowedIpList list) {
        replaceAllowedIps = !list.incremental();
        allowedIps.addAll(list.entries());
    }

    /// The update of the peer. A removal overrides every other setting.
    PeerUpdate update() {
        return removed
                ? new PeerUpdate.Remove(publicKey)
                : new PeerUpdate.Put(publicKey, settings.withAllowedIps(replaceAllowedIps, allowedIps));
    }
}
