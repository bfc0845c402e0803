// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.net.ListenPort;
import java.util.List;

/// Writes configurations: in the words of `wg showconf`, or byte for byte as they were read.
public final class ConfigWriter {
    private ConfigWriter() {}

    /// The bytes that were read.
    public static String writeQuick(QuickFile file) {
        StringBuilder out = new StringBuilder();
        List<QuickLine> lines = file.lines();
        for (int i = 0; i < lines.size(); i++) {
            out.append(lines.get(i).original());
            if (i < lines.size() - 1 || file.endsInNewline()) {
                out.append('\n');
            }
        }
        return out.toString();
    }

    /// A text that [WgConfigParser] and wg read as `config`, secrets included. Throws
    /// `IllegalArgumentException` for a peer that no text describes: an empty list of prefixes that changes
    /// rather than replaces, or a replacement that ends in a removal.
    public static String writeWg(WgConfig config) {
        StringBuilder out = new StringBuilder("[Interface]\n");
        if (config.listenPort().isPresent()) {
            ListenPort port = config.listenPort().get().value();
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
        for (WgPeer peer : config.peers()) {
            writePeer(out.append("\n[Peer]\n"), peer);
        }
        return out.toString();
    }

    private static void writePeer(StringBuilder out, WgPeer peer) {
        entry(out, "PublicKey", peer.publicKey().toBase64());
        if (peer.presharedKey().isPresent()) {
            entry(out, "PresharedKey", peer.presharedKey().get().toBase64());
        }
        writeAllowedIps(out, peer);
        if (peer.endpoint().isPresent()) {
            entry(out, "Endpoint", peer.endpoint().get().value().text());
        }
        if (peer.persistentKeepalive().isPresent()) {
            int seconds = peer.persistentKeepalive().getAsInt();
            entry(out, "PersistentKeepalive", seconds == 0 ? "off" : Integer.toString(seconds));
        }
    }

    /// The last line decides whether all of them replace, so a list that does but holds removals takes several
    /// lines.
    private static void writeAllowedIps(StringBuilder out, WgPeer peer) {
        List<AllowedIpUpdate> entries = peer.allowedIps();
        boolean replace = peer.replaceAllowedIps();
        if (entries.isEmpty() ? !replace : replace && entries.getLast().remove()) {
            throw new IllegalArgumentException("no AllowedIPs line says this of peer " + peer.publicKey());
        }
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
