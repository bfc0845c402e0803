// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.status;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.cli.host.Host;
import io.wgj.cli.host.Monitor;
import io.wgj.cli.host.MonitorException;
import io.wgj.cli.host.MonitorException.Reason;
import io.wgj.config.device.DeviceException;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.monitor.protocol.ProtocolException;
import io.wgj.monitor.protocol.RefusedException;
import io.wgj.monitor.protocol.ReplyReader;
import io.wgj.monitor.protocol.StatusRequest;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `wgj wait INTERFACE [--peer PEER] [--timeout TIME]`: returns when every peer is up, or one.
public final class WaitCommand implements OwnCommand {
    private static final String PEER = "--peer";
    private static final String TIMEOUT = "--timeout";
    private static final long NO_LIMIT = Long.MAX_VALUE;
    private static final long SAMPLE_MILLIS = 250;
    private static final long NANOS_PER_MILLI = 1_000_000;

    @Override
    public String summary() {
        return "Waits until every peer of an interface is up, or one of them";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of("wait", this)
                .text("""
                    Returns as soon as every peer of the interface is up, or the one peer. An interface that does not exist
                    yet is waited for. Waiting sends nothing: without traffic and without PersistentKeepalive, WireGuard
                    makes no handshake.

                    The monitor answers without any privilege. Without a monitor the command reads the interface itself,
                    four times a second, which needs root; then a peer is up when its handshake is younger than 180
                    seconds, or when something arrives.
                    """)
                .operand(Options.operand(Options.INTERFACE, "the interface"))
                .option(Options.value(
                        "-p", PEER, "PEER", "one peer: its public key, or its name in the configuration file"))
                .option(Options.duration(TIMEOUT, "how long to wait, such as 30s; without it, for ever"))
                .exits(
                        ExitCode.DONE,
                        ExitCode.FAILED,
                        ExitCode.MISUSED,
                        ExitCode.NOT_PERMITTED,
                        ExitCode.NOT_FOUND,
                        ExitCode.TIMED_OUT,
                        ExitCode.NO_MONITOR)
                .example("wgj wait wg0 --timeout 30s && mount /srv/office", "Mounts once the tunnel works")
                .example("wgj wait wg0 --peer office", "Waits for one peer, by its name")
                .build();
    }

    @Override
    public int run(Invocation invocation, Arguments arguments) throws RefusalException, MisuseException {
        DeviceName link = Options.linkName(arguments.operands().getFirst());
        return new Waiting(
                        invocation.host(),
                        link,
                        peer(invocation.host(), link, arguments.text(PEER)),
                        arguments.duration(TIMEOUT))
                .run();
    }

    /// The public key of a name. A name stays one while no file can be read: the monitor may know it.
    private static Optional<String> peer(Host host, DeviceName link, Optional<String> word) throws RefusalException {
        if (word.isEmpty() || PublicKey.parseBase64(word.get()).isPresent()) {
            return word;
        }
        NamedPeers peers = NamedPeers.of(host, link);
        return peers.failure().isEmpty()
                ? Optional.of(peers.named(word.get(), "wait").toBase64())
                : word;
    }

    /// One call of the command.
    private static final class Waiting {
        private final Host host;
        private final MonitorClient client;
        private final DeviceName link;
        private final Optional<String> peer;
        private final Optional<Duration> timeout;
        private final long deadline;

        Waiting(Host host, DeviceName link, Optional<String> peer, Optional<Duration> timeout) {
            this.host = host;
            this.client = new MonitorClient(host, "wait");
            this.link = link;
            this.peer = peer;
            this.timeout = timeout;
            this.deadline =
                    timeout.isPresent() ? host.bootNanos() + timeout.get().toMillis() * NANOS_PER_MILLI : NO_LIMIT;
        }

        int run() throws RefusalException {
            try (Monitor.Connection connection = host.monitor().connect()) {
                connection.send(new StatusRequest.Wait(link, peer).line());
                ReplyReader.up(connection.receive(left()));
                return ExitCode.DONE;
            } catch (MonitorException failure) {
                if (failure.reason() == Reason.SILENT && left() == 1) {
                    throw timedOut();
                }
                return withoutMonitor(client.refusal(failure));
            } catch (ProtocolException malformed) {
                throw client.refusal(malformed);
            } catch (RefusedException refused) {
                return withoutMonitor(client.refusal(refused, Optional.of(link)));
            }
        }

        /// Milliseconds, at least one; 0 for no limit.
        private long left() {
            return deadline == NO_LIMIT ? 0 : Math.max(1, (deadline - host.bootNanos()) / NANOS_PER_MILLI);
        }

        /// Reads the device itself.
        ///
        /// @param refusal why the monitor does not help
        private int withoutMonitor(RefusalException refusal) throws RefusalException {
            if (peer.isPresent()) {
                // Only the monitor could know a name that no file has.
                PublicKey _ = NamedPeers.resolve(host, link, peer.get(), "wait");
            }
            OwnSampling sampling = new OwnSampling(host, link, peer);
            while (true) {
                try {
                    if (sampling.isUp()) {
                        return ExitCode.DONE;
                    }
                } catch (DeviceException failure) {
                    if (failure.reason() != DeviceException.Reason.NOT_FOUND) {
                        throw refusal;
                    }
                }
                if (deadline != NO_LIMIT && host.bootNanos() >= deadline) {
                    throw timedOut();
                }
                host.sleep(deadline == NO_LIMIT ? SAMPLE_MILLIS : Math.min(SAMPLE_MILLIS, left()));
            }
        }

        private RefusalException timedOut() {
            String what = peer.isPresent() ? peer.get() + " is" : "not every peer is";
            return client.refusal(
                    ExitCode.TIMED_OUT,
                    link + ": " + what + (peer.isPresent() ? " not" : "") + " up after "
                            + timeout.orElseThrow().toMillis() / 1000.0 + " s; `wgj status " + link + "' shows why");
        }
    }
}
