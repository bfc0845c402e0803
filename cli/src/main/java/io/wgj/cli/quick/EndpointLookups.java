// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Invocation;
import io.wgj.cli.wg.EndpointResolver;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerState;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.file.Located;
import io.wgj.config.file.PeerSection;
import io.wgj.config.file.TunnelFile;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.ResolveException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Decides which endpoints of a file a reload sends, and which names it looks up: those that the file has changed,
/// and those of peers without a recent handshake, since the address of the name may have changed.
final class EndpointLookups {
    /// A session ends this long after its handshake (`REJECT_AFTER_TIME`). A reachable peer has a newer one.
    private static final long STALE_SECONDS = 180;

    /// How names are looked up.
    enum Mode {
        /// Only the names that need it.
        USUAL,
        /// Every name.
        ALL,
        /// No name.
        NONE
    }

    private final Invocation invocation;
    private final Mode mode;
    private final long now;
    private final Set<Long> known;
    private final Map<PublicKey, Long> fingerprints;
    private final Map<PublicKey, PeerState> present = new HashMap<>();
    private final List<PeerSection> peers = new ArrayList<>();
    private final Set<PublicKey> sent = new HashSet<>();
    private final Map<PublicKey, String> again = new LinkedHashMap<>();
    private final Map<PublicKey, Located<Endpoint>> last = new HashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, String> unresolved = new HashMap<>();
    private final TunnelFile config;

    /// @param file with all keys
    /// @param own the device's own public key: such a peer is left out
    /// @param known fingerprints of the endpoints that were applied last
    EndpointLookups(
            Invocation invocation,
            TunnelFile file,
            DeviceState device,
            Optional<PublicKey> own,
            Set<Long> known,
            Mode mode) {
        this.invocation = invocation;
        this.mode = mode;
        this.now = invocation.host().nowSeconds();
        this.known = known;
        this.fingerprints = EndpointFingerprints.of(file.peers());
        for (PeerState peer : device.peers()) {
            present.put(peer.publicKey(), peer);
        }
        for (PeerSection peer : file.peers()) {
            peer.endpoint().ifPresent(endpoint -> last.put(peer.publicKey(), endpoint));
        }
        for (PeerSection peer : file.peers()) {
            if (own.isEmpty() || !own.get().equals(peer.publicKey())) {
                peers.add(peer(peer));
            }
        }
        config = file.withPeers(peers);
    }

    /// The file with the names that still need a look-up, and without the endpoints that stay as they are.
    TunnelFile config() {
        return config;
    }

    /// The peers whose endpoint is sent where it differs.
    Set<PublicKey> sent() {
        return sent;
    }

    /// The names that were not looked up, by the text of their peer's key.
    Map<String, String> unresolved() {
        return unresolved;
    }

    private PeerSection peer(PeerSection section) {
        if (section.endpoint().isEmpty()) {
            return section;
        }
        PublicKey key = section.publicKey();
        Located<Endpoint> endpoint = section.endpoint().get();
        if (!endpoint.equals(last.get(key))) {
            // A later section of the same peer has another.
            return section.withoutEndpoint();
        }
        boolean changed = !known.contains(fingerprints.get(key));
        if (!(endpoint.value() instanceof Endpoint.Named name)) {
            if (changed) {
                sent.add(key);
            }
            return section;
        }
        PeerState peer = present.get(key);
        if (peer != null && !changed) {
            boolean stale = isStale(peer);
            if (mode != Mode.ALL && !stale) {
                return section.withoutEndpoint();
            }
            String reason = mode == Mode.ALL ? "--resolve asks for it" : reason(peer);
            again.put(key, name.text() + " of peer " + key + " is looked up again, since " + reason);
            if (mode == Mode.USUAL) {
                Optional<Endpoint.Numeric> numeric = lookUp(key, name);
                return numeric.isPresent()
                        ? section.with(section.settings().withEndpoint(endpoint.withValue(numeric.get())))
                        : section.withoutEndpoint();
            }
        }
        if (mode == Mode.NONE) {
            unresolved.put(key.toBase64(), name.text());
            return section.withoutEndpoint();
        }
        sent.add(key);
        return section;
    }

    private boolean isStale(PeerState peer) {
        return peer.latestHandshake().isNever() || now - peer.latestHandshake().seconds() >= STALE_SECONDS;
    }

    private static String reason(PeerState peer) {
        return peer.latestHandshake().isNever()
                ? "it has had no handshake yet"
                : "its last handshake is more than " + STALE_SECONDS + " s ago";
    }

    /// Looks a name up once, without retries: a silent name server must not delay the changes of the file.
    private Optional<Endpoint.Numeric> lookUp(PublicKey key, Endpoint.Named name) {
        try {
            Endpoint.Numeric numeric =
                    EndpointResolver.impatient(invocation.host()).resolve(name);
            sent.add(key);
            return Optional.of(numeric);
        } catch (ResolveException failure) {
            notes.add(again.remove(key) + ": " + failure.reason() + "; the peer keeps its endpoint");
            return Optional.empty();
        }
    }

    /// Reports the look-ups: failures and new addresses, or all of them.
    ///
    /// @param update the resolved file
    /// @param all whether look-ups without a change are reported too
    List<String> notes(DeviceUpdate update, boolean all) {
        List<String> told = new ArrayList<>(notes);
        Map<PublicKey, Endpoint.Numeric> endpoints = new HashMap<>();
        for (PeerUpdate peer : update.peers()) {
            if (peer instanceof PeerUpdate.Put put
                    && put.settings().endpoint().value().isPresent()) {
                endpoints.put(put.publicKey(), put.settings().endpoint().value().get());
            }
        }
        for (Map.Entry<PublicKey, String> lookup : again.entrySet()) {
            Endpoint.Numeric endpoint = endpoints.get(lookup.getKey());
            PeerState peer = present.get(lookup.getKey());
            boolean same = endpoint != null && peer != null && peer.endpoint().equals(Optional.of(endpoint));
            if (mode == Mode.NONE) {
                told.add(lookup.getValue() + "; not now, with --no-dns");
            } else if (endpoint != null && (all || !same)) {
                told.add(lookup.getValue() + ": " + endpoint.text() + (same ? ", as before" : ""));
            }
        }
        return told;
    }
}
