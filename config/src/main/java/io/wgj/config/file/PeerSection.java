// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.net.IpPrefix;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a `[Peer]` section says to us. What it says to wg, the peer's key included, is in the [WgPeer] of the
/// same index.
///
/// @param place of the section's line
/// @param presharedKeyFile a path, relative to the file's folder
/// @param allowedSources who may speak for the peer; empty when not mentioned: everybody
/// @param peerUp commands for bash, `%i` unexpanded
/// @param peerDown likewise
/// @param probe what to ask to know that the peer is there
/// @param withdrawRoutesAfter how long the peer is down before its routes go
/// @param reresolveEndpoint how often a named endpoint is looked up while the peer is down
public record PeerSection(
        Place place,
        Optional<Located<String>> presharedKeyFile,
        List<IpPrefix> allowedSources,
        List<Located<String>> peerUp,
        List<Located<String>> peerDown,
        Optional<Probe> probe,
        Optional<Duration> withdrawRoutesAfter,
        Optional<Duration> reresolveEndpoint) {
    public PeerSection {
        allowedSources = List.copyOf(allowedSources);
        peerUp = List.copyOf(peerUp);
        peerDown = List.copyOf(peerDown);
    }
}
