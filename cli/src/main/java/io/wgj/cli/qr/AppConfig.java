// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.qr;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.file.FileLine;
import io.wgj.config.file.FileText;
import io.wgj.config.file.InterfaceSection;
import io.wgj.config.file.Key;
import io.wgj.config.file.Located;
import io.wgj.config.file.PeerSection;
import io.wgj.config.file.Section;
import io.wgj.config.file.TunnelFile;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.net.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A configuration as WireGuard's apps read it: they refuse a file with a key that they do not know.
///
/// @param text with all secret keys
/// @param leftOut the keys that apps do not know, each with its line: `PostUp (line 7)`
record AppConfig(String text, List<String> leftOut) {
    AppConfig {
        leftOut = List.copyOf(leftOut);
    }

    /// @param lines of the file, which say what is left out
    /// @param file what it says, with the keys that it names
    static AppConfig of(FileText lines, TunnelFile file) {
        StringBuilder out = new StringBuilder();
        section(out, Section.INTERFACE);
        own(out, file.interfaceSection());
        for (PeerSection peer : file.peers()) {
            out.append('\n');
            section(out, Section.PEER);
            set(out, Key.PUBLIC_KEY, peer.publicKey().toBase64());
            peer(out, peer.settings());
        }
        return new AppConfig(out.toString(), leftOut(lines));
    }

    private static void own(StringBuilder out, InterfaceSection own) {
        own.privateKey().map(PrivateKey::toBase64).ifPresent(key -> set(out, Key.PRIVATE_KEY, key));
        set(out, Key.ADDRESS, texts(own.addresses()));
        List<String> dns = new ArrayList<>(own.nameServers());
        dns.addAll(own.searchDomains());
        set(out, Key.DNS, String.join(", ", dns));
        own.listenPort().ifPresent(port -> set(out, Key.LISTEN_PORT, port.text()));
        own.mtu().ifPresent(mtu -> set(out, Key.MTU, mtu.text()));
    }

    private static void peer(StringBuilder out, PeerSettings<Located<Endpoint>> settings) {
        settings.presharedKey().value().map(PresharedKey::toBase64).ifPresent(key -> set(out, Key.PRESHARED_KEY, key));
        settings.endpoint().value().ifPresent(endpoint -> set(out, Key.ENDPOINT, endpoint.text()));
        List<String> allowed = new ArrayList<>();
        for (AllowedIpUpdate update : settings.allowedIps()) {
            if (!update.remove()) {
                allowed.add(update.prefix().text());
            }
        }
        set(out, Key.ALLOWED_IPS, String.join(", ", allowed));
        settings.persistentKeepalive()
                .value()
                .ifPresent(seconds -> set(out, Key.PERSISTENT_KEEPALIVE, String.valueOf(seconds)));
    }

    private static String texts(List<? extends Located<?>> values) {
        List<String> texts = new ArrayList<>();
        for (Located<?> value : values) {
            texts.add(value.text());
        }
        return String.join(", ", texts);
    }

    private static void section(StringBuilder out, Section section) {
        out.append('[').append(section.title()).append("]\n");
    }

    private static void set(StringBuilder out, Key key, String value) {
        if (!value.isEmpty()) {
            out.append(key.text()).append(" = ").append(value).append('\n');
        }
    }

    private static List<String> leftOut(FileText lines) {
        List<String> leftOut = new ArrayList<>();
        for (int i = 0; i < lines.lines().size(); i++) {
            FileLine line = lines.lines().get(i);
            Optional<Key> key = line.key();
            if (key.isPresent() && !isPutIn(key.get())) {
                leftOut.add(key.get().text() + " (line " + (i + 1) + ")");
            }
        }
        return leftOut;
    }

    private static boolean isPutIn(Key key) {
        return key == Key.ADDRESS
                || key == Key.DNS
                || key == Key.MTU
                || key == Key.PRIVATE_KEY_FILE
                || key == Key.PRIVATE_KEY_COMMAND
                || key == Key.PRESHARED_KEY_FILE
                || key.owner() == Key.Owner.WG && key != Key.FW_MARK;
    }
}
