// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.show;

import io.wgj.config.device.DeviceState;
import io.wgj.config.device.PeerState;
import io.wgj.config.net.ScopeNames;

/// A device as the file that `wg setconf` would make it from: `wg showconf`. Keys are never hidden.
public record ConfRenderer(ScopeNames scopes) {
    /// Appends the sections of `device` in the device's order.
    public void render(DeviceState device, StringBuilder out) {
        out.append("[Interface]\n");
        if (device.listenPort() != 0) {
            out.append("ListenPort = ").append(device.listenPort()).append('\n');
        }
        if (device.fwmark() != 0) {
            out.append("FwMark = ").append(FieldText.fwmark(device.fwmark())).append('\n');
        }
        if (device.privateKey().isPresent()) {
            out.append("PrivateKey = ")
                    .append(device.privateKey().get().toBase64())
                    .append('\n');
        }
        for (PeerState peer : device.peers()) {
            out.append('\n');
            peer(peer, out);
        }
        if (device.peers().isEmpty()) {
            out.append('\n');
        }
    }

    /// Appends the section of one peer.
    public void peer(PeerState peer, StringBuilder out) {
        out.append("[Peer]\nPublicKey = ").append(peer.publicKey().toBase64()).append('\n');
        if (peer.presharedKey().isPresent()) {
            out.append("PresharedKey = ")
                    .append(peer.presharedKey().get().toBase64())
                    .append('\n');
        }
        if (!peer.allowedIps().isEmpty()) {
            out.append("AllowedIPs = ");
            FieldText.joined(out, peer.allowedIps(), ", ");
            out.append('\n');
        }
        if (peer.endpoint().isPresent()) {
            out.append("Endpoint = ").append(peer.endpoint().get().text(scopes)).append('\n');
        }
        if (peer.persistentKeepalive() != 0) {
            out.append("PersistentKeepalive = ")
                    .append(peer.persistentKeepalive())
                    .append('\n');
        }
    }
}
