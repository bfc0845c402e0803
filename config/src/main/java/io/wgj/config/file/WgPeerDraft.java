// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A `[Peer]` section while its lines are read.
final class WgPeerDraft {
    private final Place place;
    private final List<AllowedIpUpdate> allowedIps = new ArrayList<>();
    private Optional<PublicKey> publicKey = Optional.empty();
    private Optional<PresharedKey> presharedKey = Optional.empty();
    private Optional<Located<Endpoint>> endpoint = Optional.empty();
    private OptionalInt persistentKeepalive = OptionalInt.empty();
    private boolean replaceAllowedIps = true;
    private boolean keyWasRefused;

    /// @param place of the section's line
    WgPeerDraft(Place place) {
        this.place = place;
    }

    Place place() {
        return place;
    }

    /// @param place of the value
    void scalar(String key, String value, Place place) throws ValueException {
        if (key.equals("PublicKey")) {
            publicKey = Optional.of(ValueSyntax.publicKey(value));
        } else if (key.equals("PresharedKey")) {
            presharedKey = Optional.of(ValueSyntax.presharedKey(value));
        } else if (key.equals("Endpoint")) {
            endpoint = Optional.of(new Located<>(place, ValueSyntax.endpoint(value)));
        } else {
            persistentKeepalive = OptionalInt.of(ValueSyntax.persistentKeepalive(value));
        }
    }

    /// Each line adds; the last one says whether the whole replaces.
    void allowedIps(AllowedIpList list) {
        allowedIps.addAll(list.entries());
        replaceAllowedIps = !list.incremental();
    }

    void refuseKey() {
        keyWasRefused = true;
    }

    /// Whether there was a key that could not be read, which has been told already.
    boolean keyWasRefused() {
        return keyWasRefused;
    }

    /// Empty while it has no key.
    Optional<WgPeer> finish() {
        return publicKey.map(
                key -> new WgPeer(key, presharedKey, endpoint, persistentKeepalive, replaceAllowedIps, allowedIps));
    }
}
