// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.config.device.DeviceState;
import io.wgj.config.device.HandshakeTime;
import io.wgj.config.device.PeerState;
import io.wgj.config.file.QuickConfigParser;
import io.wgj.config.file.QuickFile;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.monitor.hooks.HookProcesses;
import io.wgj.monitor.model.DeviceSource;
import io.wgj.monitor.model.MonitorEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A host in memory: two clocks that the test moves, interfaces with peers whose counters it sets, and hooks
/// that it records. Rounds of the monitor happen when the monitor asked for them.
final class FakeHost implements MonitorClock, InterfaceFinder, DeviceReader, SettingsSource, StateStore, HookProcesses {
    static final long SECOND = 1_000_000_000L;

    long boot = 1000 * SECOND;
    Instant wall = Instant.parse("2026-11-30T12:00:00Z");
    final Map<Integer, Link> links = new LinkedHashMap<>();
    final Map<String, String> files = new TreeMap<>();
    final List<String> ran = new ArrayList<>();
    final List<String> log = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    final List<MonitorEvent> rawEvents = new ArrayList<>();
    final Queue<Runnable> hookThreads = new ArrayDeque<>();
    String saved = "";
    boolean findFails;
    boolean storeFails;
    boolean reloadWanted;
    /// What hooks answer.
    End answer = new End(0, false, "", false);
    /// The scripts in hooks.d.
    final List<String> common = new ArrayList<>();
    /// How often a device was read.
    int reads;
    /// Whether hooks run as soon as they are started.
    boolean hooksRun = true;

    private @Nullable Monitor monitor;
    private long next;
    private final Set<Integer> seen = new java.util.HashSet<>();

    /// An interface.
    final class Link {
        final int index;
        DeviceName name;
        DeviceSource source = DeviceSource.KERNEL;
        int port = 51820;
        int fwmark;
        boolean readFails;
        boolean readHangs;
        String configFile = "";
        final Map<PublicKey, PeerState> peers = new LinkedHashMap<>();

        Link(int index, String name) {
            this.index = index;
            this.name = new DeviceName(name);
        }

        void peer(PublicKey key) {
            peers.put(key, new PeerState(key));
        }

        /// A handshake completes now, with the bytes that it takes at the initiator.
        void handshake(PublicKey key) {
            PeerState before = Objects.requireNonNull(peers.get(key));
            peers.put(
                    key,
                    before.withLatestHandshake(new HandshakeTime(wall.getEpochSecond(), wall.getNano() + 1))
                            .withTraffic(before.rxBytes() + 92 + 128, before.txBytes() + 148 + 128));
        }

        /// Bytes are sent and received.
        void traffic(PublicKey key, long rx, long tx) {
            PeerState before = Objects.requireNonNull(peers.get(key));
            peers.put(key, before.withTraffic(before.rxBytes() + rx, before.txBytes() + tx));
        }

        DeviceState state() {
            return new DeviceState(name, Optional.empty(), Optional.empty(), port, fwmark, List.copyOf(peers.values()));
        }
    }

    static PublicKey key(int number) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) number;
        return PublicKey.of(bytes);
    }

    Link link(int index, String name) {
        Link link = new Link(index, name);
        links.put(index, link);
        return link;
    }

    /// Time goes by, and the monitor does not run.
    void stopped(int seconds) {
        boot += seconds * SECOND;
        wall = wall.plusSeconds(seconds);
    }

    /// Starts a monitor of this host.
    Monitor start(String... only) {
        Monitor started = new Monitor(
                new MonitorPorts(this, this, this, this, this, this, () -> {}, this::runHook, log::add),
                Set.copyOf(java.util.Arrays.stream(only).map(DeviceName::new).toList()));
        seen.clear();
        monitor = started;
        started.events().subscribe(Instant.MAX, this::event);
        started.start(List.of());
        next = boot;
        return started;
    }

    private void event(MonitorEvent event) {
        rawEvents.add(event);
        events.add(EventText.of(event));
    }

    private void runHook(Runnable job) {
        if (hooksRun) {
            job.run();
        } else {
            hookThreads.add(job);
        }
    }

    /// Moves both clocks on, round by round.
    void pass(double seconds) {
        long end = boot + (long) (seconds * SECOND);
        while (next <= end) {
            move(Math.max(next, boot) - boot);
            next = Math.max(Objects.requireNonNull(monitor).round(Changes.NONE), boot + 1);
        }
        move(end - boot);
    }

    /// Moves both clocks on while the monitor does not run.
    void stop(double seconds) {
        move((long) (seconds * SECOND));
    }

    private void move(long nanos) {
        boot += nanos;
        wall = wall.plusNanos(nanos);
    }

    /// The kernel reports a change of links or routes.
    void notifyChange() {
        next = Math.max(Objects.requireNonNull(monitor).round(new Changes(true, true, true)), boot + 1);
    }

    /// The events since the last call, without those of interfaces.
    List<String> takeEvents() {
        List<String> taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    @Override
    public long bootNanos() {
        return boot;
    }

    @Override
    public Instant wall() {
        return wall;
    }

    @Override
    public List<FoundInterface> find() throws IOException {
        if (findFails) {
            throw new IOException("no netlink");
        }
        List<FoundInterface> found = new ArrayList<>();
        links.values().forEach(link -> found.add(new FoundInterface(link.index, link.name, link.source)));
        return found;
    }

    @Override
    public void read(FoundInterface iface, Executor executor, Answer answer) {
        Link link = links.get(iface.index());
        reads++;
        if (link != null && link.readHangs) {
            return;
        }
        executor.execute(() -> {
            if (link == null || link.readFails) {
                answer.failed("no such device");
            } else {
                answer.read(link.state(), boot);
            }
        });
    }

    @Override
    public Optional<Found> look(FoundInterface iface, boolean again) {
        Link link = links.get(iface.index());
        if (link == null || link.configFile.isEmpty() || !seen.add(iface.index()) && !again) {
            return Optional.empty();
        }
        QuickFile lines = QuickFile.of(link.configFile, files.getOrDefault(link.configFile, ""));
        var parsed = QuickConfigParser.parse(lines);
        return parsed.file().isPresent()
                ? Optional.of(new Found(
                        Optional.of(InterfaceSettings.of(
                                link.configFile, lines, parsed.file().get())),
                        List.of()))
                : Optional.of(new Found(
                        Optional.empty(), List.of(parsed.problems().getFirst().place() + ": nonsense")));
    }

    @Override
    public void forget(FoundInterface iface) {
        seen.remove(iface.index());
    }

    @Override
    public InterfaceSettings lost(String path) {
        QuickFile lines = QuickFile.of(path, files.getOrDefault(path, ""));
        return InterfaceSettings.of(path, lines, QuickConfigParser.parse(lines).readable());
    }

    @Override
    public String read() throws IOException {
        if (storeFails) {
            throw new IOException("/run/wgj: Read-only file system");
        }
        return saved;
    }

    @Override
    public void write(String text) throws IOException {
        if (storeFails) {
            throw new IOException("/run/wgj: Read-only file system");
        }
        saved = text;
    }

    @Override
    public String boot() {
        return "boot-1";
    }

    @Override
    public End run(List<String> words, Map<String, String> variables, Duration limit) {
        ran.add(variables.get("WGJ_EVENT") + " " + variables.get("WGJ_INTERFACE") + " " + words.getLast());
        return answer;
    }

    @Override
    public List<String> common(List<String> problems) {
        return List.copyOf(common);
    }

    @Override
    public void end() {}

    @Override
    public void close() {}
}
