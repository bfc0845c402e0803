// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.diagnosis;

import io.wgj.cli.command.Invocation;
import io.wgj.cli.host.FileException;
import io.wgj.cli.host.Host;
import io.wgj.cli.host.Monitor;
import io.wgj.cli.host.MonitorException;
import io.wgj.cli.quick.FileTrust;
import io.wgj.cli.wg.ConfFile;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpNumber;
import io.wgj.diagnosis.check.HostFacts;
import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.netlink.route.TableNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What this host answers to the checks.
final class CheckHost implements HostFacts {
    private static final String RANGE = "/proc/sys/net/ipv4/ip_local_port_range";
    private static final String RESERVED = "/proc/sys/net/ipv4/ip_local_reserved_ports";
    private static final int PERMISSIONS = 07777;

    private final Invocation invocation;
    private final Host host;
    private final HostFacts facts;
    private final TableNames tables;
    private Optional<Optional<Boolean>> monitor;
    private Optional<Optional<EphemeralPorts>> ports;

    /// @param ofThisHost whether the files are for this host, so that its routes and programs count
    CheckHost(Invocation invocation, boolean ofThisHost) {
        this.invocation = invocation;
        this.host = invocation.host();
        HostFacts all = host.facts();
        this.facts = ofThisHost ? all : HostFacts.UNKNOWN;
        this.tables = all.tables();
        this.monitor = ofThisHost ? Optional.empty() : Optional.of(Optional.empty());
        this.ports = ofThisHost ? Optional.empty() : Optional.of(Optional.empty());
    }

    @Override
    public TableNames tables() {
        return tables;
    }

    @Override
    public Optional<Way> way(IpAddress destination) {
        return facts.way(destination);
    }

    @Override
    public Optional<HostSnapshot> routing() {
        return facts.routing();
    }

    @Override
    public Optional<Boolean> hasDefaultRoute(IpFamily family) {
        return facts.hasDefaultRoute(family);
    }

    @Override
    public Optional<Boolean> hasNameService() {
        return facts.hasNameService();
    }

    @Override
    public Optional<Boolean> monitorRuns() {
        if (monitor.isEmpty()) {
            monitor = Optional.of(askMonitor());
        }
        return monitor.get();
    }

    private Optional<Boolean> askMonitor() {
        try (Monitor.Connection _ = host.monitor().connect()) {
            return Optional.of(true);
        } catch (MonitorException failure) {
            return failure.reason() == MonitorException.Reason.NONE ? Optional.of(false) : Optional.empty();
        }
    }

    @Override
    public Optional<EphemeralPorts> ephemeralPorts() {
        if (ports.isEmpty()) {
            ports = Optional.of(readPorts());
        }
        return ports.get();
    }

    private Optional<EphemeralPorts> readPorts() {
        try {
            List<Integer> range = numbers(ConfFile.text(host, RANGE));
            if (range.size() != 2) {
                return Optional.empty();
            }
            return Optional.of(
                    new EphemeralPorts(range.getFirst(), range.getLast(), numbers(ConfFile.text(host, RESERVED))));
        } catch (FileException _) {
            return Optional.empty();
        }
    }

    /// The numbers of `40000,50000-50010` or `32768 60999`.
    private static List<Integer> numbers(String text) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : text.strip().split("[,\\s]+", -1)) {
            int dash = part.indexOf('-');
            long first = IpNumber.parse(dash < 0 ? part : part.substring(0, dash), 65535);
            long last = dash < 0 ? first : IpNumber.parse(part.substring(dash + 1), 65535);
            for (long port = first; first != IpNumber.NONE && port <= last; port++) {
                numbers.add((int) port);
            }
        }
        return numbers;
    }

    @Override
    public OptionalInt permissions(String path) {
        try {
            return OptionalInt.of(host.quick().facts(path).mode() & PERMISSIONS);
        } catch (FileException _) {
            return OptionalInt.empty();
        }
    }

    @Override
    public List<String> whoCanChange(String path) {
        return FileTrust.ofPath(invocation, path);
    }
}
