// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.text;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.net.Endpoint;
import java.util.ArrayList;
import java.util.List;

/// Formats device updates as `wg set` commands, secrets hidden.
public final class WgSetWords {
    private static final String HIDDEN = "(hidden)";

    private WgSetWords() {}

    /// One line for the device itself, if it changes, and one per peer.
    public static List<String> lines(String link, DeviceUpdate update) {
        List<String> lines = new ArrayList<>();
        StringBuilder device = new StringBuilder();
        update.privateKey().map(key -> HIDDEN).ifMentioned("/dev/null", key -> append(device, "private-key", key));
        update.listenPort().ifMentioned(0, port -> append(device, "listen-port", Integer.toString(port)));
        update.fwmark()
                .ifMentioned(0, mark -> append(device, "fwmark", mark == 0 ? "off" : "0x" + Integer.toHexString(mark)));
        String command = "wg set " + link;
        if (!device.isEmpty()) {
            lines.add(command + device);
        }
        for (PeerUpdate peer : update.peers()) {
            StringBuilder words = new StringBuilder(command + " peer " + peer.publicKey());
            if (peer instanceof PeerUpdate.Put put) {
                put(words, put.settings());
            } else {
                words.append(" remove");
            }
            lines.add(words.toString());
        }
        return lines;
    }

    private static void put(StringBuilder words, PeerSettings<Endpoint.Numeric> settings) {
        settings.presharedKey().map(key -> HIDDEN).ifMentioned("/dev/null", key -> append(words, "preshared-key", key));
        settings.endpoint().value().ifPresent(endpoint -> append(words, "endpoint", endpoint.text()));
        settings.persistentKeepalive()
                .ifMentioned(
                        0,
                        seconds -> append(
                                words, "persistent-keepalive", seconds == 0 ? "off" : Integer.toString(seconds)));
        if (settings.replaceAllowedIps() || !settings.allowedIps().isEmpty()) {
            StringBuilder list = new StringBuilder();
            for (AllowedIpUpdate entry : settings.allowedIps()) {
                list.append(list.isEmpty() ? "" : ",");
                list.append(entry.remove() ? "-" : settings.replaceAllowedIps() ? "" : "+");
                list.append(entry.prefix().text());
            }
            append(words, "allowed-ips", list.isEmpty() ? "\"\"" : list.toString());
        }
    }

    private static void append(StringBuilder words, String name, String value) {
        words.append(' ').append(name).append(' ').append(value);
    }
}
