// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.file.InterfaceSection;
import io.wgj.config.file.PeerSection;
import io.wgj.config.file.TunnelFile;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.InterfaceName;

/// A file and the interface that it configures.
///
/// @param link the interface's name, which is the file's
/// @param file what the file says; for `down` and `save` without lines that have a problem
public record Tunnel(InterfaceName link, TunnelFile file) {
    /// The file's `[Interface]` section.
    public InterfaceSection section() {
        return file.interfaceSection();
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
        for (PeerSection peer : file.peers()) {
            own |= peer.presharedKeyFile().isPresent() || !peer.allowedSources().isEmpty();
        }
        return own;
    }

    /// Whether the file asks for something that our own engine does by itself, and for which other
    /// implementations need nftables.
    public boolean concernsEngine() {
        boolean concerns =
                !section().underlays().isEmpty() || !section().allowedSources().isEmpty();
        for (PeerSection peer : file.peers()) {
            concerns |= !peer.allowedSources().isEmpty();
        }
        return concerns;
    }

    /// Whether the file has an endpoint that only the system's resolver can turn into an address.
    public boolean namesEndpoints() {
        for (PeerSection peer : file.peers()) {
            if (peer.endpoint().isPresent() && peer.endpoint().get().value() instanceof Endpoint.Named) {
                return true;
            }
        }
        return false;
    }

    /// `%i` stands for the interface in hooks, routes and rules.
    public String expand(String text) {
        return text.replace("%i", link.text());
    }
}
