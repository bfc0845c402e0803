// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.model;

import io.wgj.config.device.HandshakeTime;
import io.wgj.config.file.QuickConfigParser;
import io.wgj.config.file.QuickFile;
import io.wgj.config.file.TunnelFile;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.monitor.liveness.EngineSign;
import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.liveness.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A monitor in memory: its thread runs in [#pass], with a clock that a test moves.
public final class MemoryContext implements MonitorContext {
    public static final long SECOND = 1_000_000_000L;
    public static final DeviceName WG0 = new DeviceName("wg0");

    /// What was reported, such as `routes-withdrawn 1: 10.1.0.0/16`.
    public final List<String> reports = new ArrayList<>();

    public final List<PeerId> answered = new ArrayList<>();
    public final Map<PeerId, ProbeStatus> probed = new LinkedHashMap<>();
    public final List<PeerId> sampledSoon = new ArrayList<>();
    public final List<EngineSign> signs = new ArrayList<>();
    private final Map<PeerId, PeerView> peers = new LinkedHashMap<>();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Timer> timers = new ArrayList<>();
    private long now = 1_000 * SECOND;

    private record Timer(long nanos, Runnable task) {}

    /// The key whose first byte is `number`.
    public static PublicKey key(int number) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) number;
        return PublicKey.of(bytes);
    }

    public static PeerId id(int number) {
        return new PeerId(7, key(number));
    }

    /// A peer whose section has these lines. Its allowed IPs and its endpoint are those of the section.
    public PeerView peer(int number, String lines, PeerState state, Verdict verdict) {
        TunnelFile file = QuickConfigParser.parse(QuickFile.of(
                        "wg0.conf",
                        "[Interface]\n[Peer]\nPublicKey = " + key(number).toBase64() + "\n" + lines.replace("; ", "\n")
                                + "\n"))
                .file()
                .orElseThrow();
        List<IpPrefix> allowed = new ArrayList<>();
        file.peers().getFirst().settings().allowedIps().forEach(entry -> allowed.add(entry.prefix()));
        Optional<Endpoint.Numeric> endpoint = file.peers().getFirst().endpoint().isPresent()
                        && file.peers().getFirst().endpoint().get().value() instanceof Endpoint.Numeric numeric
                ? Optional.of(numeric)
                : Optional.empty();
        return new PeerView(
                id(number),
                WG0,
                DeviceSource.KERNEL,
                51820,
                0,
                new io.wgj.config.device.PeerState(
                        key(number), Optional.empty(), endpoint, allowed, HandshakeTime.NEVER, 0, 0, 0, 1),
                state,
                verdict,
                "",
                now,
                now,
                0,
                Optional.of(file),
                Optional.of(file.peers().getFirst()));
    }

    /// The same peer in another state since now; it was heard a moment ago.
    public PeerView with(PeerView peer, PeerState state, Verdict verdict, int openRounds) {
        return new PeerView(
                peer.id(),
                peer.iface(),
                peer.source(),
                peer.listenPort(),
                peer.fwmark(),
                peer.device(),
                state,
                verdict,
                peer.reason(),
                now,
                now,
                openRounds,
                peer.file(),
                peer.settings());
    }

    /// The same peer at another endpoint.
    public static PeerView at(PeerView peer, String address, int port) {
        io.wgj.config.device.PeerState device = peer.device();
        return new PeerView(
                peer.id(),
                peer.iface(),
                peer.source(),
                peer.listenPort(),
                peer.fwmark(),
                new io.wgj.config.device.PeerState(
                        device.publicKey(),
                        device.presharedKey(),
                        Optional.of(
                                new Endpoint.Numeric(IpAddress.parse(address).orElseThrow(), port)),
                        device.allowedIps(),
                        device.latestHandshake(),
                        device.rxBytes(),
                        device.txBytes(),
                        device.persistentKeepalive(),
                        device.protocolVersion()),
                peer.state(),
                peer.verdict(),
                peer.reason(),
                peer.sinceNanos(),
                peer.lastHeardNanos(),
                peer.openRounds(),
                peer.file(),
                peer.settings());
    }

    /// Tells a service of a peer, and runs what follows at once.
    public void show(PeerService service, PeerView peer) {
        service.changed(peers.put(peer.id(), peer), peer);
        pass(0);
    }

    /// Tells a service of several peers of one sample.
    public void showAll(PeerService service, List<PeerView> all) {
        for (PeerView peer : all) {
            service.changed(peers.put(peer.id(), peer), peer);
        }
        pass(0);
    }

    /// Tells a service that a peer is gone.
    public void remove(PeerService service, PeerId id) {
        service.gone(Objects.requireNonNull(peers.remove(id)));
        pass(0);
    }

    /// Lets time pass and runs what is due, in its order.
    public void pass(long nanos) {
        long end = now + nanos;
        runTasks();
        while (true) {
            Timer next = next();
            if (next == null || next.nanos > end) {
                now = end;
                runTasks();
                return;
            }
            timers.remove(next);
            now = Math.max(now, next.nanos);
            next.task.run();
            runTasks();
        }
    }

    private @Nullable Timer next() {
        Timer first = null;
        for (Timer timer : timers) {
            first = first == null || timer.nanos < first.nanos ? timer : first;
        }
        return first;
    }

    private void runTasks() {
        for (Runnable task = poll(); task != null; task = poll()) {
            task.run();
        }
    }

    private synchronized @Nullable Runnable poll() {
        return tasks.poll();
    }

    @Override
    public synchronized void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Runnable at(long bootNanos, Runnable task) {
        Timer timer = new Timer(bootNanos, task);
        timers.add(timer);
        return () -> timers.removeIf(other -> other == timer);
    }

    @Override
    public long bootNanos() {
        return now;
    }

    @Override
    public Optional<PeerView> peer(PeerId id) {
        return Optional.ofNullable(peers.get(id));
    }

    @Override
    public void answered(PeerId id, long bootNanos) {
        answered.add(id);
    }

    @Override
    public void routeMissing(PeerId id, String why) {
        reports.add("no route " + id.key().toBytes()[0] + ": " + why);
    }

    @Override
    public void routeFound(PeerId id) {
        reports.add("route " + id.key().toBytes()[0]);
    }

    @Override
    public void probed(PeerId id, ProbeStatus status) {
        probed.put(id, status);
    }

    @Override
    public void seen(PeerId id, EngineSign sign) {
        signs.add(sign);
    }

    @Override
    public void sampleSoon(PeerId id) {
        sampledSoon.add(id);
    }

    @Override
    public void report(EventKind kind, PeerId id, String reason) {
        reports.add(kind.text() + " " + id.key().toBytes()[0] + ": " + reason);
    }

    @Override
    public void report(EventKind kind, DeviceName iface, String reason) {
        reports.add(kind.text() + " " + iface.text() + ": " + reason);
    }
}
