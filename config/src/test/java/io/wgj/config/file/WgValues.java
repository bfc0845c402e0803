// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.device.Change;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.ListenPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The values of wg's keys without their places, so that tests can compare them.
record WgValues(
        Optional<PrivateKey> privateKey, Optional<ListenPort> listenPort, OptionalInt fwmark, List<Peer> peers) {
    record Peer(PublicKey publicKey, PeerSettings<Endpoint> settings) {}

    static WgValues of(TunnelFile file) {
        InterfaceSection section = file.interfaceSection();
        List<Peer> peers = new ArrayList<>();
        for (PeerSection peer : file.peers()) {
            Change<Endpoint> endpoint = peer.settings().endpoint().map(Located::value);
            peers.add(new Peer(peer.publicKey(), peer.settings().withEndpoint(endpoint)));
        }
        return new WgValues(section.privateKey(), section.listenPort().map(Located::value), section.fwmark(), peers);
    }
}
