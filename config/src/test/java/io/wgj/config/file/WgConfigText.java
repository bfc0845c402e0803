// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.ListenPort;
import java.util.List;

/// Writes a configuration in wg's words, so that tests can read it back.
final class WgConfigText {
    private WgConfigText() {}

    /// A text that [WgConfigParser] reads as `config`, secrets included.
    static String of(WgValues config) {
        StringBuilder out = new StringBuilder("[Interface]\n");
        if (config.listenPort().isPresent()) {
            ListenPort port = config.listenPort().get();
            entry(
                    out,
                    "ListenPort",
                    port instanceof ListenPort.Service service
                            ? service.name()
                            : Integer.toString(((ListenPort.Numbered) port).number()));
        }
        if (config.fwmark().isPresent()) {
            int mark = config.fwmark().getAsInt();
            entry(out, "FwMark", mark == 0 ? "off" : "0x" + Integer.toHexString(mark));
        }
        if (config.privateKey().isPresent()) {
            entry(out, "PrivateKey", config.privateKey().get().toBase64());
        }
        for (WgValues.Peer peer : config.peers()) {
            writePeer(out.append("\n[Peer]\n"), peer);
        }
        return out.toString();
    }

    private static void writePeer(StringBuilder out, WgValues.Peer peer) {
        entry(out, "PublicKey", peer.publicKey().toBase64());
        PeerSettings<Endpoint> settings = peer.settings();
        settings.presharedKey().value().ifPresent(key -> entry(out, "PresharedKey", key.toBase64()));
        writeAllowedIps(out, settings);
        settings.endpoint().value().ifPresent(endpoint -> entry(out, "Endpoint", endpoint.text()));
        settings.persistentKeepalive()
                .ifMentioned(
                        0,
                        seconds -> entry(out, "PersistentKeepalive", seconds == 0 ? "off" : Integer.toString(seconds)));
    }

    /// The last line decides whether all of them replace, so a list that does but holds removals takes several
    /// lines.
    private static void writeAllowedIps(StringBuilder out, PeerSettings<Endpoint> settings) {
        List<AllowedIpUpdate> entries = settings.allowedIps();
        boolean replace = settings.replaceAllowedIps();
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < entries.size(); i++) {
            AllowedIpUpdate entry = entries.get(i);
            line.append(line.isEmpty() ? "" : ", ");
            line.append(entry.remove() ? "-" : replace ? "" : "+")
                    .append(entry.prefix().text());
            boolean last = i == entries.size() - 1;
            if (last || replace && entry.remove() != entries.get(i + 1).remove()) {
                entry(out, "AllowedIPs", line.toString());
                line.setLength(0);
            }
        }
    }

    private static void entry(StringBuilder out, String key, String value) {
        out.append(key).append(" = ").append(value).append('\n');
    }
}
