// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.file.InterfaceSection;
import io.wgj.config.file.PeerSection;
import io.wgj.config.file.QuickConfig;
import io.wgj.config.file.WgConfig;
import io.wgj.config.file.WgPeer;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.InterfaceName;
import java.util.Optional;

/// A file and the interface it is about.
///
/// @param link the interface's name, which is the file's
/// @param config what the file says to wg-quick and to us
/// @param wg what the file says to wg; empty for words that do not read it, such as `down`
public record Tunnel(InterfaceName link, QuickConfig config, Optional<WgConfig> wg) {
    /// A file of which only the part for wg-quick matters.
    public Tunnel(InterfaceName link, QuickConfig config) {
        this(link, config, Optional.empty());
    }

    /// Its `[Interface]` section.
    public InterfaceSection section() {
        return config.interfaceSection();
    }

    /// Whether the file has a key that only wgj knows.
    public boolean hasOwnKeys() {
        InterfaceSection section = section();
        boolean own = section.privateKeyFile().isPresent()
                || section.privateKeyCommand().isPresent()
                || !section.routes().isEmpty()
                || !section.rules().isEmpty()
                || !section.underlays().isEmpty()
                || !section.allowedSources().isEmpty();
        for (PeerSection peer : config.peers()) {
            own |= peer.presharedKeyFile().isPresent() || !peer.allowedSources().isEmpty();
        }
        return own;
    }

    /// Whether the file says something that our own engine does by itself, and the kernel's firewall for others.
    public boolean concernsEngine() {
        boolean concerns =
                !section().underlays().isEmpty() || !section().allowedSources().isEmpty();
        for (PeerSection peer : config.peers()) {
            concerns |= !peer.allowedSources().isEmpty();
        }
        return concerns;
    }

    /// Whether the file has an endpoint that only the system's resolver can turn into an address.
    public boolean namesEndpoints() {
        if (wg.isPresent()) {
            for (WgPeer peer : wg.get().peers()) {
                if (peer.endpoint().isPresent() && peer.endpoint().get().value() instanceof Endpoint.Named) {
                    return true;
                }
            }
        }
        return false;
    }

    /// `%i` stands for the interface in hooks, routes and rules.
    public String expand(String text) {
        return text.replace("%i", link.text());
    }
}
