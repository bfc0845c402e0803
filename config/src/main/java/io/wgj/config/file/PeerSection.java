// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.device.Change;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpPrefix;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One `[Peer]` section of a file: the keys of wg and those of wgj.
///
/// @param place of the section's line
/// @param settings what wg's keys say. The last `AllowedIPs` line alone decides whether all of them replace: it
///     does unless one of its prefixes has a `+` or `-`
/// @param name as `Name` says; [PeerNames] knows those of comments, too
/// @param presharedKeyFile a path, relative to the file's folder
/// @param allowedSources the networks that this peer's packets may come from; empty when not mentioned: any
/// @param peerUp commands for bash, `%i` unexpanded
/// @param peerDown likewise
/// @param probe the address to ping
/// @param withdrawRoutesAfter how long the peer is down before its routes are withdrawn
/// @param withdrawRoutes what takes their place then
/// @param reresolveEndpoint how often a named endpoint is resolved again while the peer is down
public record PeerSection(
        Place place,
        PublicKey publicKey,
        PeerSettings<Located<Endpoint>> settings,
        Optional<Located<String>> name,
        Optional<Located<String>> presharedKeyFile,
        List<IpPrefix> allowedSources,
        List<Located<String>> peerUp,
        List<Located<String>> peerDown,
        Optional<Probe> probe,
        Optional<Duration> withdrawRoutesAfter,
        Withdrawal withdrawRoutes,
        Optional<Duration> reresolveEndpoint) {
    /// Copies the lists.
    public PeerSection {
        allowedSources = List.copyOf(allowedSources);
        peerUp = List.copyOf(peerUp);
        peerDown = List.copyOf(peerDown);
    }

    /// The endpoint as written; empty when not mentioned.
    public Optional<Located<Endpoint>> endpoint() {
        return settings.endpoint().value();
    }

    /// The same without its endpoint, so that the peer keeps the one it has.
    public PeerSection withoutEndpoint() {
        return with(settings.withEndpoint(Change.keep()));
    }

    /// The same with other settings, such as a preshared key that is kept outside of the file.
    public PeerSection with(PeerSettings<Located<Endpoint>> other) {
        return new PeerSection(
                place,
                publicKey,
                other,
                name,
                presharedKeyFile,
                allowedSources,
                peerUp,
                peerDown,
                probe,
                withdrawRoutesAfter,
                withdrawRoutes,
                reresolveEndpoint);
    }
}
