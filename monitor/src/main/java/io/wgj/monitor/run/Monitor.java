// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.config.device.DeviceState;
import io.wgj.config.net.DeviceName;
import io.wgj.monitor.hooks.HookJob;
import io.wgj.monitor.hooks.HookQueue;
import io.wgj.monitor.hooks.HookRun;
import io.wgj.monitor.liveness.EngineSign;
import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.liveness.Verdict;
import io.wgj.monitor.model.EventKind;
import io.wgj.monitor.model.EventSource;
import io.wgj.monitor.model.InterfaceStatus;
import io.wgj.monitor.model.MonitorContext;
import io.wgj.monitor.model.MonitorStatus;
import io.wgj.monitor.model.PeerId;
import io.wgj.monitor.model.PeerService;
import io.wgj.monitor.model.PeerView;
import io.wgj.monitor.model.ProbeStatus;
import io.wgj.monitor.model.StatusSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/// All that the monitor does, in rounds that never wait: [#round] does what is due and returns when something is
/// due next. One thread calls it; [#status], [#events] and [#execute] are for any thread.
public final class Monitor implements StatusSource, MonitorContext, AutoCloseable {
    private static final long SECOND = 1_000_000_000L;
    private static final long SELDOM = 5 * SECOND;
    /// A link appears a moment before the socket of its userspace device.
    private static final long LINKS_SETTLE = 10 * SECOND;
    /// A longer time between two rounds is one in which the monitor did not run.
    private static final long LONGEST_STEP = 2 * SECOND;

    private final MonitorPorts ports;
    private final Set<DeviceName> only;
    private final EventLog events;
    private final Timers timers = new Timers();
    private final Departed departed = new Departed();
    private final HookQueue hooks;
    private final SavedStates saved;
    private final MonitorReports reports;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Map<Integer, WatchedInterface> interfaces = new HashMap<>();
    private final List<PeerService> services = new ArrayList<>();
    /// The interfaces of an earlier monitor that were not found again yet.
    private final List<SavedState.SavedInterface> known = new ArrayList<>();
    private Times times;
    private long observed;
    private long nextFind;
    private long linksSettled;
    private long nextSettings;
    private boolean findFails;
    private boolean reload;
    private boolean isClosed;

    /// @param only the names of the interfaces to follow; empty for all
    public Monitor(MonitorPorts ports, Set<DeviceName> only) {
        this.ports = ports;
        this.only = Set.copyOf(only);
        events = new EventLog(ports.clock()::wall);
        times = Times.of(ports.clock());
        HookRun run = new HookRun(ports.hooks(), new HookLog(this, ports.log()));
        hooks = new HookQueue(run::run, ports.hookThreads(), this::execute);
        saved = new SavedStates(ports.store());
        reports = new MonitorReports(events, hooks, saved, departed, services, times);
    }

    /// The events so far and to come.
    public EventSource events() {
        return events;
    }

    /// Continues where an earlier monitor of this boot stopped, and starts the services. Call it once, before
    /// the first round.
    public synchronized void start(List<PeerService.Factory> all) {
        times = Times.of(ports.clock());
        SavedState before =
                saved.load(sentence -> events.add(EventKind.MESSAGE, null, null, Optional.empty(), sentence));
        for (SavedState.SavedInterface iface : before.interfaces()) {
            for (SavedState.SavedPeer peer : iface.peers()) {
                departed.add(new Departed.Peer(
                        new Departed.Place(iface.name(), peer.key()),
                        iface.index(),
                        peer.name(),
                        peer.endpoint(),
                        peer.liveness(),
                        iface.configFile(),
                        List.of(),
                        Departed.PATIENCE_NANOS));
            }
        }
        known.addAll(before.interfaces());
        for (HookJob job : before.hooks()) {
            InterfaceSettings settings = lost(job.configFile());
            PeerSettings peer = settings.peer(job.peer());
            hooks.add(job.withCommands(job.kind() == EventKind.PEER_UP ? peer.peerUp() : peer.peerDown()));
        }
        for (PeerService.Factory service : all) {
            services.add(service.of(this));
        }
    }

    private InterfaceSettings lost(Optional<String> path) {
        return path.isPresent() ? ports.settings().lost(path.get()) : InterfaceSettings.NONE;
    }

    /// Does what is due.
    ///
    /// @return when something is due next, by CLOCK_BOOTTIME
    public synchronized long round(Changes changes) {
        Times before = times;
        times = Times.of(ports.clock());
        long now = times.bootNanos();
        observed += Math.clamp(now - before.bootNanos(), 0L, LONGEST_STEP);
        reports.begin(times, observed);
        if (changes.links()) {
            linksSettled = now + LINKS_SETTLE;
        }
        if (changes.links() || nextFind <= now) {
            find(now);
        }
        runTasks();
        timers.run(now);
        if (reload || nextSettings <= now) {
            lookForSettings(now);
        }
        for (WatchedInterface iface : interfaces.values()) {
            iface.checkRead(now, reports);
            if (iface.startRead(now)) {
                ports.reader().read(iface.found(), this::execute, answer(iface));
            }
        }
        // A reader that answers at once, as in tests, has done so by now.
        runTasks();
        if (changes.routing()) {
            services.forEach(PeerService::routingChanged);
        }
        if (changes.ownRemoved()) {
            services.forEach(PeerService::ownRoutingRemoved);
        }
        giveUpDeparted();
        save();
        return next(now);
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private long next(long now) {
        long next = Math.min(Math.min(timers.next(), nextFind), nextSettings);
        for (WatchedInterface iface : interfaces.values()) {
            next = Math.min(next, iface.due());
        }
        return departed.isEmpty() ? next : Math.min(next, now + SECOND);
    }

    private void find(long now) {
        nextFind = now + (now < linksSettled ? SECOND : SELDOM);
        List<FoundInterface> found;
        try {
            found = ports.finder().find();
            findFails = false;
        } catch (IOException failure) {
            if (!findFails) {
                findFails = true;
                events.add(
                        EventKind.MESSAGE,
                        null,
                        null,
                        Optional.empty(),
                        "cannot look for interfaces: " + failure.getMessage());
            }
            return;
        }
        Set<Integer> indexes = new HashSet<>();
        for (FoundInterface one : found) {
            if (only.isEmpty() || only.contains(one.name())) {
                indexes.add(one.index());
                follow(one, now);
            }
        }
        for (WatchedInterface iface : List.copyOf(interfaces.values())) {
            if (!indexes.contains(iface.found().index())) {
                lose(iface);
            }
        }
        boolean hasCommonHooks = !ports.hooks().common(new ArrayList<>()).isEmpty();
        interfaces.values().forEach(iface -> iface.bePrompt(hasCommonHooks));
        for (SavedState.SavedInterface gone : known) {
            events.add(EventKind.INTERFACE_VANISHED, gone.name(), null, Optional.empty(), "while no monitor ran");
        }
        known.clear();
    }

    private void follow(FoundInterface found, long now) {
        WatchedInterface watched = interfaces.get(found.index());
        if (watched != null && watched.found().source() != found.source()) {
            lose(watched);
            watched = null;
        }
        if (watched == null) {
            interfaces.put(found.index(), new WatchedInterface(found, now));
            boolean wasKnown = known.removeIf(
                    one -> one.index() == found.index() && one.name().equals(found.name()));
            if (!wasKnown) {
                reports.event(
                        EventKind.INTERFACE_APPEARED, found, found.source().text());
                saved.change();
            }
            nextSettings = now;
        } else if (!watched.found().name().equals(found.name())) {
            ports.reader().forget(watched.found());
            watched.rename(found, reports);
            saved.change();
        }
    }

    private void lose(WatchedInterface iface) {
        interfaces.remove(iface.found().index());
        reports.event(EventKind.INTERFACE_VANISHED, iface.found(), "");
        iface.gone(reports);
        ports.settings().forget(iface.found());
        ports.reader().forget(iface.found());
        saved.change();
    }

    private DeviceReader.Answer answer(WatchedInterface iface) {
        return new DeviceReader.Answer() {
            @Override
            public void read(DeviceState state, long bootNanos) {
                if (interfaces.get(iface.found().index()) == iface) {
                    iface.read(state, bootNanos, times, reports);
                }
            }

            @Override
            public void failed(String reason) {
                if (interfaces.get(iface.found().index()) == iface) {
                    iface.failed(reason, times.bootNanos(), reports);
                }
            }
        };
    }

    /// Reads all configuration files again. A file with a problem changes nothing.
    public void reload() {
        execute(() -> reload = true);
    }

    private void lookForSettings(long now) {
        nextSettings = now + SECOND;
        boolean again = reload;
        reload = false;
        for (WatchedInterface iface : interfaces.values()) {
            Optional<SettingsSource.Found> found = ports.settings().look(iface.found(), again);
            if (found.isPresent()) {
                for (String problem : found.get().problems()) {
                    reports.event(EventKind.MESSAGE, iface.found(), problem);
                }
                if (found.get().settings().isPresent()) {
                    iface.use(found.get().settings().get(), reports);
                    saved.change();
                }
            }
        }
    }

    /// Peers that did not come back are down.
    private void giveUpDeparted() {
        if (departed.isEmpty()) {
            return;
        }
        for (Departed.Peer peer : departed.over(observed, this::mayShowPeers)) {
            saved.change();
            if (peer.liveness().verdict() == Verdict.UP) {
                report(peer);
            }
        }
    }

    private void report(Departed.Peer peer) {
        DeviceName iface = peer.place().iface();
        events.add(EventKind.PEER_DOWN, iface, peer.place().key(), peer.name(), "removed");
        List<String> commands = peer.peerDown().isEmpty()
                ? lost(peer.configFile()).peer(peer.place().key()).peerDown()
                : peer.peerDown();
        hooks.add(new HookJob(
                EventKind.PEER_DOWN,
                iface,
                peer.place().key(),
                peer.name(),
                peer.endpoint(),
                PeerState.DOWN,
                "removed",
                times.wall(),
                peer.configFile(),
                commands));
    }

    private boolean mayShowPeers(DeviceName name) {
        for (WatchedInterface iface : interfaces.values()) {
            if (iface.found().name().equals(name) && !iface.isSampled()) {
                return true;
            }
        }
        return false;
    }

    /// Saves what changed, and then starts the hooks that do not wait any more.
    private void save() {
        if (hooks.take()) {
            saved.change();
        }
        if (saved.isChanged()) {
            saved.save(
                    SavedState.of(interfaces.values(), departed, hooks.waiting()),
                    sentence -> events.add(EventKind.MESSAGE, null, null, Optional.empty(), sentence));
        }
        hooks.start();
    }

    @Override
    public synchronized MonitorStatus status() {
        Times now = Times.of(ports.clock());
        List<InterfaceStatus> all = new ArrayList<>();
        for (WatchedInterface iface : interfaces.values()) {
            all.add(iface.status(now));
        }
        all.sort(Comparator.comparing(iface -> iface.name().text()));
        return new MonitorStatus(now.wall(), all);
    }

    /// `2 interfaces, 5 peers, 4 up, 1 down`, without a snapshot.
    synchronized String summary() {
        int peers = 0;
        int up = 0;
        int down = 0;
        for (WatchedInterface iface : interfaces.values()) {
            for (WatchedPeer peer : iface.peers()) {
                peers++;
                up += peer.state() == PeerState.UP ? 1 : 0;
                down += peer.verdict() == Verdict.DOWN ? 1 : 0;
            }
        }
        return interfaces.size() + " interfaces, " + peers + " peers, " + up + " up, " + down + " down";
    }

    // What services see.

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        ports.wake().run();
    }

    @Override
    public Runnable at(long bootNanos, Runnable task) {
        return timers.at(bootNanos, task);
    }

    @Override
    public long bootNanos() {
        return ports.clock().bootNanos();
    }

    private Optional<WatchedPeer> watched(PeerId id) {
        WatchedInterface iface = interfaces.get(id.index());
        return iface == null ? Optional.empty() : iface.peer(id.key()).filter(WatchedPeer::isSampled);
    }

    @Override
    public Optional<PeerView> peer(PeerId id) {
        return watched(id).map(peer -> peer.view(times));
    }

    @Override
    public void answered(PeerId id, long bootNanos) {
        watched(id).ifPresent(peer -> peer.answered(bootNanos, reports));
    }

    @Override
    public void routeMissing(PeerId id, String why) {
        watched(id).ifPresent(peer -> peer.routeMissing(why, bootNanos(), reports));
    }

    @Override
    public void routeFound(PeerId id) {
        watched(id).ifPresent(peer -> peer.routeFound(bootNanos(), reports));
    }

    @Override
    public void probed(PeerId id, ProbeStatus status) {
        watched(id).ifPresent(peer -> peer.probed(status));
    }

    @Override
    public void seen(PeerId id, EngineSign sign) {
        watched(id).ifPresent(peer -> peer.seen(sign));
        sampleSoon(id);
    }

    @Override
    public void sampleSoon(PeerId id) {
        WatchedInterface iface = interfaces.get(id.index());
        if (iface != null) {
            iface.readBy(bootNanos());
        }
    }

    @Override
    public void report(EventKind kind, PeerId id, String reason) {
        WatchedInterface iface = interfaces.get(id.index());
        Optional<WatchedPeer> peer = watched(id);
        events.add(
                kind,
                iface == null ? null : iface.found().name(),
                id.key(),
                peer.flatMap(one -> one.settings().name()),
                reason);
    }

    @Override
    public void report(EventKind kind, DeviceName iface, String reason) {
        events.add(kind, iface, null, Optional.empty(), reason);
    }

    /// A script of this job has failed. Any thread may call it.
    void hookFailed(HookJob job, String sentence) {
        events.add(EventKind.HOOK_FAILED, job.iface(), job.peer(), job.name(), sentence);
    }

    /// Saves what is known and ends the services. Tunnels stay as they are, and so do hooks that run.
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        for (PeerService service : services) {
            service.close();
        }
        saved.save(SavedState.of(interfaces.values(), departed, hooks.waiting()), _ -> {});
        ports.reader().close();
        ports.finder().close();
    }
}
