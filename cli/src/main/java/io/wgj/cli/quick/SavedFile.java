// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.show.ConfRenderer;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.PeerState;
import io.wgj.config.file.Key;
import io.wgj.config.file.QuickFile;
import io.wgj.config.file.QuickLine;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.net.ScopeNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The file that `save` writes under the name wg-quick: what an interface is, and of the old file what cannot be
/// seen on an interface. Where the old file has no key of ours the bytes are the original's. Under our own name
/// [SavedLayout] writes the file.
///
/// @param old the file as it was
/// @param addresses in the kernel's order
/// @param nameServers as resolvconf prints them
/// @param chosenMark the mark that `up` chose; 0 for none
/// @param chosenPort the port that the device chose; 0 when it chose none, or when that is unknown
record SavedFile(
        QuickFile old, List<IpPrefix> addresses, int mtu, List<String> nameServers, int chosenMark, int chosenPort) {
    private static final Key[] HOOKS = {Key.PRE_UP, Key.POST_UP, Key.PRE_DOWN, Key.POST_DOWN};

    /// The text of the file for `device`.
    String text(DeviceState device, ScopeNames scopes) {
        Map<String, List<QuickLine>> peers = oursByPeer();
        List<String> ours = oursOfInterface();
        boolean anyOurs = !peers.isEmpty() || !ours.isEmpty();
        boolean keyElsewhere = old.last(Key.PRIVATE_KEY_FILE).isPresent()
                || old.last(Key.PRIVATE_KEY_COMMAND).isPresent();
        StringBuilder conf = new StringBuilder();
        DeviceState shown = new DeviceState(
                device.name(),
                keyElsewhere ? Optional.empty() : device.privateKey(),
                device.publicKey(),
                anyOurs && device.listenPort() == chosenPort && !says(Key.LISTEN_PORT) ? 0 : device.listenPort(),
                anyOurs && device.fwmark() == chosenMark && !says(Key.FW_MARK) ? 0 : device.fwmark(),
                peers.isEmpty() ? device.peers() : List.of());
        new ConfRenderer(scopes).render(shown, conf);
        StringBuilder out = new StringBuilder("[Interface]\n");
        settings(out);
        for (String line : ours) {
            out.append(line).append('\n');
        }
        out.append(conf, conf.indexOf("\n") + 1, conf.length());
        if (!peers.isEmpty()) {
            peers(device, peers, scopes, out);
        }
        int end = out.length();
        while (end > 0 && out.charAt(end - 1) == '\n') {
            end--;
        }
        out.setLength(end);
        return out.append('\n').toString();
    }

    private void settings(StringBuilder out) {
        for (IpPrefix address : addresses) {
            out.append("Address = ").append(address.text()).append('\n');
        }
        for (String server : nameServers) {
            out.append("DNS = ").append(server).append('\n');
        }
        if (!last(Key.MTU).isEmpty()) {
            out.append("MTU = ").append(mtu).append('\n');
        }
        String table = last(Key.TABLE);
        if (!table.isEmpty()) {
            out.append("Table = ").append(table).append('\n');
        }
        if (last(Key.SAVE_CONFIG).equalsIgnoreCase("true")) {
            out.append("SaveConfig = true\n");
        }
        for (Key hook : HOOKS) {
            for (QuickLine line : old.lines()) {
                if (line.is(hook)) {
                    out.append(hook.text())
                            .append(" = ")
                            .append(line.rawValue())
                            .append('\n');
                }
            }
        }
    }

    /// The value that counts; empty when there is none.
    private String last(Key key) {
        Optional<QuickLine> line = old.last(key);
        return line.isPresent() ? line.get().value() : "";
    }

    private List<String> oursOfInterface() {
        List<String> ours = new ArrayList<>();
        for (QuickLine line : old.lines()) {
            if (line.isOfWgj() && line.inInterface()) {
                ours.add(line.trimmed());
            }
        }
        return ours;
    }

    /// Our lines of each peer, by its public key as text; those of sections without one are lost with their
    /// peer.
    private Map<String, List<QuickLine>> oursByPeer() {
        Map<String, List<QuickLine>> peers = new HashMap<>();
        List<QuickLine> section = new ArrayList<>();
        String peer = "";
        for (QuickLine line : old.lines()) {
            if (line.trimmed().startsWith("[")) {
                keep(peers, peer, section);
                section = new ArrayList<>();
                peer = "";
            } else if (line.isOfWgj() && !line.inInterface()) {
                section.add(line);
            } else if (!line.inInterface() && hasKey(line, Key.PUBLIC_KEY)) {
                peer = line.value();
            }
        }
        keep(peers, peer, section);
        return peers;
    }

    private static void keep(Map<String, List<QuickLine>> peers, String peer, List<QuickLine> section) {
        if (!section.isEmpty()) {
            peers.computeIfAbsent(peer, _ -> new ArrayList<>()).addAll(section);
        }
    }

    /// Whether `[Interface]` has a line for wg with this key.
    private boolean says(Key key) {
        for (QuickLine line : old.lines()) {
            if (line.inInterface() && line.key().isEmpty() && hasKey(line, key)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasKey(QuickLine line, Key key) {
        String text = line.trimmed();
        int equals = text.indexOf('=');
        return equals > 0 && text.substring(0, equals).strip().equalsIgnoreCase(key.text());
    }

    private static void peers(
            DeviceState device, Map<String, List<QuickLine>> ours, ScopeNames scopes, StringBuilder out) {
        for (PeerState peer : device.peers()) {
            List<QuickLine> lines = ours.getOrDefault(peer.publicKey().toBase64(), List.of());
            boolean keyElsewhere = false;
            for (QuickLine line : lines) {
                keyElsewhere |= line.is(Key.PRESHARED_KEY_FILE);
            }
            PeerState shown = keyElsewhere ? peer.withoutPresharedKey() : peer;
            if (out.charAt(out.length() - 2) != '\n') {
                out.append('\n');
            }
            new ConfRenderer(scopes).peer(shown, out);
            for (QuickLine line : lines) {
                out.append(line.trimmed()).append('\n');
            }
        }
    }
}
