// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.Change;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpPrefix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A `[Peer]` section while its lines are read. [TunnelFileBuilder] sets the fields.
final class PeerBuilder {
    final Place place;
    final List<IpPrefix> allowedSources = new ArrayList<>();
    final List<Located<String>> peerUp = new ArrayList<>();
    final List<Located<String>> peerDown = new ArrayList<>();
    Optional<PublicKey> publicKey = Optional.empty();
    Change<PresharedKey> presharedKey = Change.keep();
    Change<Located<Endpoint>> endpoint = Change.keep();
    Change<Integer> persistentKeepalive = Change.keep();
    Optional<Located<String>> name = Optional.empty();
    Optional<Located<String>> presharedKeyFile = Optional.empty();
    Optional<Probe> probe = Optional.empty();
    Optional<Duration> withdrawRoutesAfter = Optional.empty();
    Withdrawal withdrawRoutes = Withdrawal.REMOVE;
    Optional<Duration> reresolveEndpoint = Optional.empty();
    /// The places of the last values of keys that `wgj monitor` acts on.
    final Map<Key, Place> places = new EnumMap<>(Key.class);
    /// Whether a `PublicKey` line was refused, so that the missing key is reported already.
    boolean keyWasRefused;

    private final List<AllowedIpUpdate> allowedIps = new ArrayList<>();
    private boolean replaceAllowedIps = true;

    /// @param place of the section's line
    PeerBuilder(Place place) {
        this.place = place;
    }

    /// Each line adds; the last one decides whether all of them replace.
    void allowedIps(AllowedIpList list) {
        allowedIps.addAll(list.entries());
        replaceAllowedIps = !list.incremental();
    }

    List<AllowedIpUpdate> allowedIps() {
        return allowedIps;
    }

    /// Empty while the section has no public key.
    Optional<PeerSection> build() {
        if (publicKey.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PeerSection(
                place,
                publicKey.get(),
                new PeerSettings<>(presharedKey, endpoint, persistentKeepalive, replaceAllowedIps, allowedIps),
                name,
                presharedKeyFile,
                allowedSources,
                peerUp,
                peerDown,
                probe,
                withdrawRoutesAfter,
                withdrawRoutes,
                reresolveEndpoint));
    }
}
