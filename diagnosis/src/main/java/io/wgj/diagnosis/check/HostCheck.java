// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import io.wgj.config.file.Key;
import io.wgj.config.file.Located;
import io.wgj.config.file.Place;
import io.wgj.config.file.QuickLine;
import io.wgj.config.net.ListenPort;
import java.util.List;
import java.util.Optional;

/// What this host lacks for a file.
final class HostCheck {
    /// The port of WireGuard's own documents.
    private static final int USUAL_PORT = 51820;

    private HostCheck() {}

    /// `DNS` without a program that takes it.
    static void nameService(CheckedFile file, HostFacts host, Report report) {
        boolean asked = !file.section().nameServers().isEmpty()
                || !file.section().searchDomains().isEmpty();
        if (asked && !host.hasNameService().orElse(true)) {
            report.add(
                    CheckCode.NO_NAME_SERVICE,
                    file.index().place(Key.DNS),
                    "this host has neither resolvconf nor resolvectl, so `up' refuses the file",
                    "install openresolv or systemd-resolved");
        }
    }

    /// Keys that only a monitor acts on.
    static void monitor(CheckedFile file, HostFacts host, Report report) {
        for (QuickLine line : file.lines().lines()) {
            if (line.key().isPresent() && line.key().get().needsMonitor()) {
                if (!host.monitorRuns().orElse(true)) {
                    report.add(
                            CheckCode.NO_MONITOR,
                            new Place(file.name(), line.number(), line.column()),
                            line.key().get().text() + " does nothing until a monitor runs, and none does",
                            "start it: systemctl enable --now wgj-monitor");
                }
                return;
            }
        }
    }

    /// A port that the kernel may have given away.
    static void ephemeralPort(CheckedFile file, HostFacts host, Report report) {
        Optional<Located<ListenPort>> port = file.section().listenPort();
        Optional<HostFacts.EphemeralPorts> range = host.ephemeralPorts();
        if (port.isEmpty() || range.isEmpty() || !(port.get().value() instanceof ListenPort.Numbered numbered)) {
            return;
        }
        int number = numbered.number();
        boolean handedOut = number >= range.get().first()
                && number <= range.get().last()
                && !range.get().reserved().contains(number);
        if (handedOut && number != USUAL_PORT) {
            report.add(
                    CheckCode.EPHEMERAL_PORT,
                    port.get().place(),
                    "the kernel hands out ports from " + range.get().first() + " to "
                            + range.get().last() + " to any program, so " + number
                            + " may be taken when the tunnel comes up",
                    "reserve it in /etc/sysctl.d: net.ipv4.ip_local_reserved_ports = " + number,
                    List.of());
        }
    }
}
