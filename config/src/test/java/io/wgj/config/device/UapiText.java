// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.device;

import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import java.util.ArrayList;
import java.util.List;

/// An update as the lines that `wg` sends over UAPI, in its order: what golden files hold.
public final class UapiText {
    private static final String ZEROS = "0".repeat(64);

    private UapiText() {}

    /// The lines behind `set=1`.
    public static List<String> lines(DeviceUpdate update) {
        List<String> out = new ArrayList<>();
        key(out, "private_key=", update.privateKey().map(PrivateKey::toHex));
        number(out, "listen_port=", update.listenPort());
        number(out, "fwmark=", update.fwmark());
        if (update.replacePeers()) {
            out.add("replace_peers=true");
        }
        for (PeerUpdate peer : update.peers()) {
            out.addAll(lines(peer));
        }
        return out;
    }

    /// The lines of one peer.
    public static List<String> lines(PeerUpdate peer) {
        List<String> out = new ArrayList<>();
        out.add("public_key=" + peer.publicKey().toHex());
        switch (peer) {
            case PeerUpdate.Remove _ -> out.add("remove=true");
            case PeerUpdate.Put put -> {
                if (put.updateOnly()) {
                    out.add("update_only=true");
                }
                key(out, "preshared_key=", put.settings().presharedKey().map(PresharedKey::toHex));
                put.settings().endpoint().value().ifPresent(endpoint -> out.add("endpoint=" + endpoint.text()));
                number(out, "persistent_keepalive_interval=", put.settings().persistentKeepalive());
                if (put.settings().replaceAllowedIps()) {
                    out.add("replace_allowed_ips=true");
                }
                put.settings()
                        .allowedIps()
                        .forEach(entry -> out.add("allowed_ip=" + (entry.remove() ? "-" : "")
                                + entry.prefix().text()));
            }
        }
        return out;
    }

    private static void key(List<String> out, String name, Change<String> hex) {
        hex.ifMentioned(ZEROS, text -> out.add(name + text));
    }

    private static void number(List<String> out, String name, Change<Integer> number) {
        number.ifMentioned(0, value -> out.add(name + Integer.toUnsignedString(value)));
    }
}
