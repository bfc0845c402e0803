// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.monitor;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.monitor.clock.ClockService;
import io.wgj.monitor.endpoints.EndpointHost;
import io.wgj.monitor.endpoints.ReresolveService;
import io.wgj.monitor.endpoints.SourceService;
import io.wgj.monitor.engine.EngineEventService;
import io.wgj.monitor.metrics.MetricsAddress;
import io.wgj.monitor.metrics.MetricsServer;
import io.wgj.monitor.metrics.UapiCounters;
import io.wgj.monitor.model.MonitorServer;
import io.wgj.monitor.model.PeerService;
import io.wgj.monitor.packets.HandshakeService;
import io.wgj.monitor.packets.PacketSockets;
import io.wgj.monitor.probe.ProbeService;
import io.wgj.monitor.protocol.StatusSocketPath;
import io.wgj.monitor.routes.OwnRoutes;
import io.wgj.monitor.routes.PeerRoutes;
import io.wgj.monitor.routes.RemovalService;
import io.wgj.monitor.routes.RouteService;
import io.wgj.monitor.run.MonitorFailure;
import io.wgj.monitor.run.MonitorOptions;
import io.wgj.monitor.run.MonitorProcess;
import io.wgj.monitor.status.StatusService;
import io.wgj.monitor.status.StatusSocket;
import io.wgj.monitor.trials.HostTrials;
import io.wgj.monitor.trials.TrialService;
import io.wgj.monitor.underlay.EndpointRoutes;
import io.wgj.monitor.underlay.UnderlayService;
import io.wgj.netlink.sys.Interfaces;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.SystemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `wgj monitor [INTERFACE…]`: runs in the foreground until a signal ends it.
public final class MonitorCommand implements OwnCommand {
    private static final String VERBOSE = "--verbose";
    private static final String METRICS = "--metrics";
    /// Set to 0, no packet socket is opened.
    private static final String PACKETS = "WGJ_MONITOR_PACKETS";

    @Override
    public String summary() {
        return "Watches which peers are up, and runs scripts when they come and go";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of("monitor", this)
                .synopsis("[-v] [--metrics ADDRESS:PORT] [INTERFACE...]")
                .text("""
                    Follows all WireGuard interfaces of this network namespace, or those that are named, in the kernel
                    and in userspace, as they come and go. It decides from their counters whether each peer is up, and
                    prints every change as a line: when a peer comes up, stops answering or goes down, when its endpoint
                    moves, and when an interface appears, changes or vanishes.

                    When a peer comes up or goes down, it runs the PeerUp or PeerDown commands of the peer, and then the
                    executables in /etc/wgj/hooks.d in the order of their names. One script of an interface runs at a
                    time, for up to 30 s. After a restart of the monitor no script is repeated or left out.

                    It asks the kernel for the route to each peer's endpoint when links, addresses, routes or rules change.
                    A peer without one is down.

                    The keys of a peer say what else it does: Probe pings an address through the tunnel, WithdrawRoutesAfter
                    withdraws the routes of a peer that is down until it is up, and ReresolveEndpoint resolves the name of
                    its endpoint again. A peer that is seen where its AllowedSources do not allow it gets its endpoint back.
                    An `up --confirm' or `reload --confirm' that was not confirmed in time, and whose process was killed,
                    is rolled back.

                    The configuration of an interface is the file that wgj-quick brought it up with. SIGHUP reads the
                    files again; a file with a mistake changes nothing, and the mistake is reported with line and column.
                    SIGTERM and SIGINT end the monitor and leave the tunnels as they are.

                    Root and members of the group wgj may ask it: wgj status, wgj wait, wgj events and wgj show need no
                    privilege then.

                    With --metrics, Prometheus can read http://ADDRESS:PORT/metrics: bytes, handshakes, states and probes
                    of every peer, and what engines of wgj count. The page has public keys and allowed IPs, and no
                    secret. Anybody who can connect can read it, so choose an address of this host alone, or filter.

                    It stays in the foreground; wgj-monitor.service starts it. It keeps no capability but CAP_NET_ADMIN
                    and CAP_NET_RAW, and its scripts have no more. One monitor can run in a network namespace.
                    """)
                .operand(
                        Options.operands(Options.INTERFACE, "0..*", "the interfaces to follow; all when none is named")
                                .toBuilder()
                                .arity("0..*")
                                .required(false)
                                .build())
                .option(Options.flag("-v", VERBOSE, "prints each handshake, too"))
                .option(OptionSpec.builder(METRICS)
                        .type(String.class)
                        .paramLabel("ADDRESS:PORT")
                        .description("serves metrics for Prometheus there, such as 127.0.0.1:9586 or [::1]:9586")
                        .build())
                .exits(ExitCode.DONE, ExitCode.FAILED, ExitCode.MISUSED, ExitCode.NOT_PERMITTED)
                .example("wgj monitor", "Watches all interfaces")
                .example("wgj monitor -v wg0", "Watches wg0, and prints its handshakes, too")
                .example("wgj monitor --metrics 127.0.0.1:9586", "Lets a Prometheus on this host read its metrics")
                .build();
    }

    @Override
    public boolean runsInBatch(List<String> words) {
        return false;
    }

    @Override
    public int run(Invocation invocation, Arguments arguments) throws RefusalException, MisuseException {
        for (String name : arguments.operands()) {
            DeviceName _ = Options.linkName(name);
        }
        MonitorOptions options =
                MonitorOptions.of(arguments.operands(), arguments.has(VERBOSE), System.out, invocation.host()::env);
        // Before the process drops the capability to do so.
        StatusSocket.joinGroup();
        try {
            new MonitorProcess(options, services(invocation), servers(arguments)).run();
            return ExitCode.DONE;
        } catch (MonitorFailure failure) {
            throw new RefusalException(
                    failure.isNotPermitted() ? ExitCode.NOT_PERMITTED : ExitCode.FAILED,
                    List.of(),
                    List.of("monitor: " + failure.sentence()));
        } catch (IOException failure) {
            throw new RefusalException(ExitCode.FAILED, List.of(), List.of("monitor: probes: " + failure.getMessage()));
        }
    }

    private static List<PeerService.Factory> services(Invocation invocation) throws IOException {
        EndpointHost endpoints = EndpointHost.linux();
        List<PeerService.Factory> services = new ArrayList<>(List.of(
                monitor -> new RouteService(PeerRoutes.linux(), monitor),
                monitor -> new RemovalService(OwnRoutes.linux(), monitor),
                ProbeService.open(),
                monitor -> new ReresolveService(endpoints, monitor),
                monitor -> new SourceService(endpoints, monitor),
                monitor -> new UnderlayService(EndpointRoutes.linux(), monitor),
                monitor -> new TrialService(new HostTrials(), monitor),
                EngineEventService.of(new UapiSockets()),
                ClockService.linux()));
        if (!"0".equals(invocation.host().env(PACKETS))) {
            services.add(monitor -> new HandshakeService(PacketSockets::new, monitor));
        }
        return services;
    }

    private static List<MonitorServer> servers(Arguments arguments) throws RefusalException, MisuseException {
        List<MonitorServer> servers = new ArrayList<>();
        servers.add(status());
        Optional<String> word = arguments.text(METRICS);
        if (word.isPresent()) {
            Optional<Endpoint.Numeric> address = MetricsAddress.parse(word.get());
            if (address.isEmpty()) {
                throw new MisuseException(METRICS + " " + word.get()
                        + ": write an address and a port as numbers, such as 127.0.0.1:9586 or [::1]:9586");
            }
            servers.add(new MetricsServer(address.get(), new UapiCounters(new UapiSockets())));
        }
        return servers;
    }

    private static MonitorServer status() throws RefusalException {
        try {
            return new StatusService(StatusSocketPath.DEFAULT_FOLDER, Namespaces.networkCookie(), Interfaces::nameOf);
        } catch (SystemException failure) {
            throw new RefusalException(ExitCode.FAILED, List.of(), List.of("monitor: " + failure.getMessage()));
        }
    }
}
