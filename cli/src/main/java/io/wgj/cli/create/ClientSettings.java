// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.create;

import io.wgj.config.file.FileLine;
import io.wgj.config.file.FileText;
import io.wgj.config.file.Key;
import io.wgj.config.file.Section;
import java.util.Optional;

/// What all clients of a server have in their files, as files have it.
///
/// @param endpoint of the server
/// @param serverKey the server's public key
/// @param dns empty for none
/// @param allowedIps what they send through the tunnel
/// @param keepalive seconds, or `off`
record ClientSettings(String endpoint, String serverKey, String dns, String allowedIps, String keepalive) {
    /// The interval that keeps the way through most NAT open.
    static final String KEEPALIVE = "25";

    private static final String MARK = "# Client ";

    /// Adds comments to the server's file, from which [#remembered] reads the settings.
    void remember(SectionText server) {
        server.comment("Clients that `wgj new client --add` adds get these settings:");
        comment(server, Key.ENDPOINT, endpoint);
        comment(server, Key.DNS, dns);
        comment(server, Key.ALLOWED_IPS, allowedIps);
        comment(server, Key.PERSISTENT_KEEPALIVE, keepalive);
    }

    private static void comment(SectionText server, Key key, String value) {
        if (!value.isEmpty()) {
            server.comment("Client " + key.text() + " = " + value);
        }
    }

    /// The setting that the comments of a server's `[Interface]` section remember.
    static Optional<String> remembered(FileText server, Key key) {
        String start = MARK + key.text() + " = ";
        for (FileLine line : server.lines()) {
            boolean inInterface = line.section().isPresent() && line.section().get() == Section.INTERFACE;
            if (inInterface
                    && line.kind() == FileLine.Kind.COMMENT
                    && line.comment().startsWith(start)) {
                return Optional.of(line.comment().substring(start.length()));
            }
        }
        return Optional.empty();
    }

    /// Whether clients send all packets of a family through the tunnel.
    boolean sendsEverything() {
        return allowedIps.contains("0.0.0.0/0") || allowedIps.contains("::/0");
    }
}
