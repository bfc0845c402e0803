// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.graph;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpPrefix;
import java.util.List;
import java.util.Optional;

/// One end of tunnels as its file or its interface describes it. Text is Unicode and printable; no secret is in
/// it.
///
/// @param origin the file or interface, for messages
/// @param link the name of the interface
/// @param key the public key of the end itself; empty when its private key is not known
/// @param addresses of the interface, with their prefix lengths
/// @param port the listen port as written; empty when it is chosen at random
/// @param facts what else belongs to the routing of this end: a word and its value
record GraphSource(
        String origin,
        String link,
        Optional<PublicKey> key,
        List<IpPrefix> addresses,
        Optional<String> port,
        List<Fact> facts,
        List<SourcePeer> peers) {
    GraphSource {
        addresses = List.copyOf(addresses);
        facts = List.copyOf(facts);
        peers = List.copyOf(peers);
    }

    /// One line of an end: `underlay`, `dev eth0`.
    record Fact(String word, String value) {}

    /// A peer as this end describes it.
    ///
    /// @param endpoint as written, or as the device shows it
    record SourcePeer(PublicKey key, Optional<String> name, Optional<String> endpoint, List<IpPrefix> allowedIps) {
        SourcePeer {
            allowedIps = List.copyOf(allowedIps);
        }
    }
}
