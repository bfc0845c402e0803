// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.diagnosis;

import io.wgj.cli.host.FileException;
import io.wgj.cli.host.Host;
import io.wgj.cli.host.LookupException;
import io.wgj.cli.host.MonitorException;
import io.wgj.cli.wg.ConfFile;
import io.wgj.config.file.Key;
import io.wgj.config.file.PeerSection;
import io.wgj.config.file.QuickConfigParser;
import io.wgj.config.file.QuickFile;
import io.wgj.config.file.QuickLine;
import io.wgj.config.file.TunnelFile;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.diagnosis.doctor.NameFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The file of an interface in /etc/wireguard, as far as a doctor needs it. Problems of the file are those of
/// `wgj check`, and not told here.
final class InterfaceFile {
    private static final String FOLDER = "/etc/wireguard/";

    private final Host host;
    private final String path;
    private final QuickFile lines;
    private final TunnelFile content;

    private InterfaceFile(Host host, String path, String text) {
        this.host = host;
        this.path = path;
        this.lines = QuickFile.of(path, text);
        this.content = QuickConfigParser.parse(lines).readable();
    }

    /// The file of an interface; an empty one where there is none, or where it cannot be read.
    static InterfaceFile of(Host host, DeviceName name) {
        String path = FOLDER + name.text() + ".conf";
        try {
            return new InterfaceFile(host, path, ConfFile.text(host, path));
        } catch (FileException _) {
            return new InterfaceFile(host, path, "");
        }
    }

    /// Facts for every verdict, a sentence each: keys of the file that do nothing without a monitor.
    List<String> notes() {
        Set<String> keys = new LinkedHashSet<>();
        for (QuickLine line : lines.lines()) {
            line.key().filter(Key::needsMonitor).ifPresent(key -> keys.add(key.text()));
        }
        if (keys.isEmpty()) {
            return List.of();
        }
        try {
            host.monitor().connect().close();
            return List.of();
        } catch (MonitorException failure) {
            return failure.reason() == MonitorException.Reason.NONE
                    ? List.of("no monitor runs here, and without one these keys of " + path + " do nothing: "
                            + String.join(", ", keys))
                    : List.of();
        }
    }

    /// What the names of endpoints stand for now, each looked up once. A name that cannot be found is left out.
    Map<PublicKey, NameFacts> names() {
        Map<PublicKey, NameFacts> names = new HashMap<>();
        for (PeerSection peer : content.peers()) {
            if (peer.endpoint().isPresent() && peer.endpoint().get().value() instanceof Endpoint.Named endpoint) {
                List<IpAddress> addresses = new ArrayList<>();
                try {
                    host.names().addresses(endpoint.host()).forEach(found -> addresses.add(found.address()));
                } catch (LookupException _) {
                    continue;
                }
                names.put(peer.publicKey(), new NameFacts(endpoint.text(), path, addresses));
            }
        }
        return names;
    }
}
