// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine;

import io.wgj.config.device.DeviceException;
import io.wgj.config.net.InterfaceName;
import io.wgj.engine.core.Clock;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.io.EngineFeatures;
import io.wgj.engine.io.NetworkErrors;
import io.wgj.engine.io.Poller;
import io.wgj.engine.io.Tun;
import io.wgj.engine.run.EngineEnd;
import io.wgj.engine.run.EngineHandle;
import io.wgj.engine.run.EngineLog;
import io.wgj.engine.uapi.EventFeed;
import io.wgj.engine.uapi.ServedDevice;
import io.wgj.engine.warmup.Warmup;
import io.wgj.engine.warmup.WarmupGate;
import io.wgj.netlink.route.Link;
import io.wgj.netlink.route.LinkWatch;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.transport.NetlinkException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/// An [Engine] with what a process needs around it: it follows the link (up, down, MTU) and the routes, runs
/// the warm-up, and measures the ciphers once when the machine is quiet.
final class RunningEngine implements EngineHandle {
    /// How often to look at a link that was moved to another network namespace, where no notification
    /// arrives.
    private static final int LOOK_MILLIS = 1_000;

    private static final int MEASURING_MILLIS = 60_000;

    private final InterfaceName name;
    private final Engine engine;
    private final ServedEngine served;
    private final EngineLog log;
    private final WarmupGate gate;
    private final Poller linkPoller;
    private final LinkWatch watch;
    private final RouteChanges routes;
    private final EventFeed feed;
    private final Thread linkThread;
    private volatile boolean closing;
    /// The last complaint of the link's thread.
    private String complaint = "";

    private RunningEngine(
            InterfaceName name,
            Engine engine,
            ServedEngine served,
            EngineLog log,
            WarmupGate gate,
            LinkWatch watch,
            RouteChanges routes,
            EventFeed feed,
            Poller linkPoller) {
        this.name = name;
        this.engine = engine;
        this.served = served;
        this.log = log;
        this.gate = gate;
        this.watch = watch;
        this.routes = routes;
        this.feed = feed;
        this.linkPoller = linkPoller;
        this.linkThread = Thread.ofPlatform().daemon().name("link").unstarted(this::followLink);
    }

    /// Starts the engine's threads, and one that follows the link.
    ///
    /// @param errors what the sockets report
    /// @param feed of events; closed with the engine
    /// @param gate when the warm-up may run
    /// @param ciphers the file that remembers which ciphers are fastest; measured when it is missing and can
    ///     be created
    static RunningEngine start(
            InterfaceName name,
            Engine engine,
            EngineTransports transports,
            Tun tun,
            NetworkErrors errors,
            EventFeed feed,
            Primitives primitives,
            EngineLog log,
            WarmupGate gate,
            Path ciphers)
            throws SystemException {
        LinkWatch watch = tun.watch();
        RouteChanges routes = follow(engine, watch);
        Poller poller = Poller.over(watch.descriptor(), routes.descriptor());
        engine.device().onSourceLearnt(() -> {
            if (routes.sourceLearnt()) {
                poller.wake();
            }
        });
        ServedEngine served = new ServedEngine(
                engine.device(),
                new EngineStats(primitives, transports, engine, EngineFeatures.ofProcess()),
                new EngineDiagnosis(engine.core().drops(), errors, engine.device(), transports.clock()),
                feed,
                log);
        RunningEngine running = new RunningEngine(name, engine, served, log, gate, watch, routes, feed, poller);
        engine.start();
        running.linkThread.start();
        // No thread waits for it, and it dies with the process.
        Thread.ofPlatform()
                .daemon()
                .name("warm-up")
                .start(() -> running.prepare(primitives, transports.clock(), ciphers));
        return running;
    }

    private static RouteChanges follow(Engine engine, LinkWatch watch) throws SystemException {
        try {
            return RouteChanges.follow(engine.device());
        } catch (NetlinkException e) {
            watch.close();
            throw new SystemException("rtnetlink", e.errno());
        }
    }

    /// Runs the warm-up, which helps before there is traffic but must not delay the socket. A minute later
    /// measures the ciphers, which only the next start benefits from.
    private void prepare(Primitives primitives, Clock clock, Path ciphers) {
        try {
            gate.await();
            long _ = Warmup.ofStart(primitives, clock, engine.hasWorkers());
            Path folder = ciphers.getParent();
            if (folder != null && Files.isWritable(folder) && !Files.exists(ciphers)) {
                Thread.sleep(MEASURING_MILLIS);
                log.verbose("Ciphers measured for the next start: " + Primitives.measure(ciphers));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public InterfaceName name() {
        return name;
    }

    @Override
    public ServedDevice device() {
        return served;
    }

    @Override
    public void socketAnswers() {
        gate.socketAnswers();
    }

    @Override
    public EngineEnd awaitEnd() throws InterruptedException {
        try {
            return engine.end().get();
        } catch (ExecutionException e) {
            return EngineEnd.failure("The engine has failed: " + e.getCause());
        }
    }

    private void followLink() {
        boolean up = false;
        while (!closing) {
            Optional<Link> link = news();
            // A link in a namespace that this process may not enter cannot be queried. It was moved there to
            // be used, so it counts as up.
            boolean isUp = link.isEmpty() || link.get().isUp();
            link.ifPresent(known -> engine.followMtu(known.mtu()));
            if (isUp != up) {
                up = follow(isUp, up);
            }
            linkPoller.await(link.isPresent() && isUp == up && !routesAreNew() ? -1 : LOOK_MILLIS);
        }
    }

    /// Whether routes changed a moment ago, so that they have to be checked again.
    private boolean routesAreNew() {
        try {
            return routes.update();
        } catch (NetlinkException e) {
            complain("The routes cannot be followed: " + e.getMessage());
            return false;
        }
    }

    private Optional<Link> news() {
        try {
            watch.update();
        } catch (NetlinkException e) {
            complain("The link cannot be followed: " + e.getMessage());
        }
        return watch.link();
    }

    /// Brings the device up or down. Returns its state afterwards: a device whose port is in use stays down,
    /// and is tried again.
    private boolean follow(boolean isUp, boolean before) {
        if (!isUp) {
            engine.device().down();
            log.verbose("Interface down");
            return false;
        }
        try {
            engine.device().up();
            complaint = "";
            log.verbose("Interface up");
            return true;
        } catch (DeviceException e) {
            complain("Unable to listen: " + new Errno(e.errno()).sentence() + ": "
                    + e.detail().orElse("the link is up without a port"));
            return before;
        }
    }

    /// Logs a sentence once: what is tried every second fails every second.
    private void complain(String sentence) {
        if (!sentence.equals(complaint)) {
            complaint = sentence;
            log.error(sentence);
        }
    }

    @Override
    public void close() {
        closing = true;
        linkPoller.wake();
        boolean interrupted = false;
        while (linkThread.isAlive()) {
            try {
                linkThread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        watch.close();
        routes.close();
        engine.close();
        // The engine's threads publish, so it closes after them.
        feed.close();
        // The engine's threads wake it, so it closes after them.
        linkPoller.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
