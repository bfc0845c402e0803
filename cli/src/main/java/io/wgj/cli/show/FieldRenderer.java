// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.show;

import io.wgj.config.device.DeviceState;
import io.wgj.config.device.PeerState;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.ScopeNames;
import java.util.List;
import java.util.Map;

/// The script fields of `wg show`: columns separated by tabs, in the device's order, keys never hidden.
///
/// @param withName whether every line starts with the device's name and a tab, as under `show all`
/// @param names of peers, which take the place of their public keys
public record FieldRenderer(boolean withName, ScopeNames scopes, Map<PublicKey, String> names) {
    /// The fields as `wg` prints them.
    public FieldRenderer(boolean withName, ScopeNames scopes) {
        this(withName, scopes, Map.of());
    }

    /// Every field, in the order of the usage line.
    public static final List<String> FIELDS = List.of(
            "public-key",
            "private-key",
            "listen-port",
            "fwmark",
            "peers",
            "preshared-keys",
            "endpoints",
            "allowed-ips",
            "latest-handshakes",
            "transfer",
            "persistent-keepalive",
            "dump");

    /// Appends the lines of `field`; false, with nothing appended, when there is no such field.
    public boolean render(String field, DeviceState device, StringBuilder out) {
        String prefix = withName ? device.name().text() + "\t" : "";
        switch (field) {
            case "public-key" -> line(out, prefix, FieldText.publicKey(device.publicKey()));
            case "private-key" -> line(out, prefix, FieldText.privateKey(device.privateKey()));
            case "listen-port" -> line(out, prefix, Integer.toString(device.listenPort()));
            case "fwmark" -> line(out, prefix, FieldText.fwmarkOrOff(device.fwmark()));
            case "dump" -> dump(device, prefix, out);
            case "peers",
                    "preshared-keys",
                    "endpoints",
                    "allowed-ips",
                    "latest-handshakes",
                    "transfer",
                    "persistent-keepalive" -> {
                for (PeerState peer : device.peers()) {
                    out.append(prefix).append(shown(peer));
                    peerColumns(field, peer, out);
                    out.append('\n');
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void line(StringBuilder out, String prefix, String value) {
        out.append(prefix).append(value).append('\n');
    }

    private void peerColumns(String field, PeerState peer, StringBuilder out) {
        switch (field) {
            case "preshared-keys" -> out.append('\t').append(presharedKey(peer));
            case "endpoints" -> out.append('\t').append(FieldText.endpoint(peer.endpoint(), scopes));
            case "allowed-ips" -> FieldText.allowedIps(out.append('\t'), peer.allowedIps(), " ");
            case "latest-handshakes" ->
                out.append('\t').append(peer.latestHandshake().seconds());
            case "transfer" -> transfer(peer, out);
            case "persistent-keepalive" ->
                out.append('\t').append(FieldText.keepaliveOrOff(peer.persistentKeepalive()));
            default -> {
                // `peers` has the key alone.
            }
        }
    }

    private void dump(DeviceState device, String prefix, StringBuilder out) {
        out.append(prefix)
                .append(FieldText.privateKey(device.privateKey()))
                .append('\t')
                .append(FieldText.publicKey(device.publicKey()))
                .append('\t')
                .append(device.listenPort())
                .append('\t')
                .append(FieldText.fwmarkOrOff(device.fwmark()))
                .append('\n');
        for (PeerState peer : device.peers()) {
            out.append(prefix).append(shown(peer));
            out.append('\t').append(presharedKey(peer));
            out.append('\t').append(FieldText.endpoint(peer.endpoint(), scopes)).append('\t');
            FieldText.allowedIps(out, peer.allowedIps(), ",");
            out.append('\t').append(peer.latestHandshake().seconds());
            transfer(peer, out);
            out.append('\t').append(FieldText.keepaliveOrOff(peer.persistentKeepalive()));
            out.append('\n');
        }
    }

    private String shown(PeerState peer) {
        String name = names.get(peer.publicKey());
        return name == null ? peer.publicKey().toBase64() : name;
    }

    private static String presharedKey(PeerState peer) {
        return FieldText.presharedKey(peer.presharedKey());
    }

    private static void transfer(PeerState peer, StringBuilder out) {
        out.append('\t').append(Long.toUnsignedString(peer.rxBytes()));
        out.append('\t').append(Long.toUnsignedString(peer.txBytes()));
    }
}
