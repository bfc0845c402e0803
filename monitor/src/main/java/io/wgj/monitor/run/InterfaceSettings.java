// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.config.file.Located;
import io.wgj.config.file.PeerNames;
import io.wgj.config.file.PeerSection;
import io.wgj.config.file.QuickFile;
import io.wgj.config.file.TunnelFile;
import io.wgj.config.key.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the configuration file of an interface says.
///
/// @param path of the file; empty when there is none
/// @param file its contents; empty when there is none, or none that could be read
/// @param peers by public key
record InterfaceSettings(Optional<String> path, Optional<TunnelFile> file, Map<PublicKey, PeerSettings> peers) {
    /// An interface without a file.
    static final InterfaceSettings NONE = new InterfaceSettings(Optional.empty(), Optional.empty(), Map.of());

    InterfaceSettings {
        peers = Map.copyOf(peers);
    }

    /// The settings of a file that was parsed.
    static InterfaceSettings of(String path, QuickFile lines, TunnelFile file) {
        Map<PublicKey, String> names = PeerNames.of(lines);
        Map<PublicKey, PeerSettings> peers = new HashMap<>();
        for (PeerSection section : file.peers()) {
            PublicKey key = section.publicKey();
            PeerSettings before = peers.getOrDefault(key, PeerSettings.NONE);
            peers.put(
                    key,
                    new PeerSettings(
                            Optional.ofNullable(names.get(key)),
                            Optional.of(section),
                            joined(before.peerUp(), section.peerUp()),
                            joined(before.peerDown(), section.peerDown())));
        }
        return new InterfaceSettings(Optional.of(path), Optional.of(file), peers);
    }

    private static List<String> joined(List<String> before, List<Located<String>> more) {
        List<String> all = new ArrayList<>(before);
        for (Located<String> one : more) {
            all.add(one.value());
        }
        return all;
    }

    PeerSettings peer(PublicKey key) {
        return peers.getOrDefault(key, PeerSettings.NONE);
    }
}
