// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine;

import io.wgj.config.device.DeviceException;
import io.wgj.config.net.InterfaceName;
import io.wgj.engine.core.Clock;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.io.EngineFeatures;
import io.wgj.engine.io.Poller;
import io.wgj.engine.io.Tun;
import io.wgj.engine.run.EngineEnd;
import io.wgj.engine.run.EngineHandle;
import io.wgj.engine.run.EngineLog;
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

/// An [Engine] that runs as a process's business: it follows its link (up, down, MTU), and finds out in a quiet moment
/// which ciphers are fastest here.
final class RunningEngine implements EngineHandle {
    /// How often a link is looked at that was moved to another network namespace, where nothing tells.
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
    private final Thread linkThread;
    private volatile boolean closing;
    /// Said last, by the link's thread.
    private String complaint = "";

    private RunningEngine(
            InterfaceName name,
            Engine engine,
            ServedEngine served,
            EngineLog log,
            WarmupGate gate,
            LinkWatch watch,
            RouteChanges routes,
            Poller linkPoller) {
        this.name = name;
        this.engine = engine;
        this.served = served;
        this.log = log;
        this.gate = gate;
        this.watch = watch;
        this.routes = routes;
        this.linkPoller = linkPoller;
        this.linkThread = Thread.ofPlatform().daemon().name("link").unstarted(this::followLink);
    }

    /// Starts the engine's threads, and one that follows the link.
    ///
    /// @param gate when it may rehearse
    /// @param ciphers the file that remembers which are fastest; measured when it is missing and can be made
    static RunningEngine start(
            InterfaceName name,
            Engine engine,
            EngineTransports transports,
            Tun tun,
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
                engine.device(), new EngineStats(primitives, transports, engine, EngineFeatures.ofProcess()), log);
        RunningEngine running = new RunningEngine(name, engine, served, log, gate, watch, routes, poller);
        engine.start();
        running.linkThread.start();
        // Nobody waits for it, and the thread dies with the process.
        Thread.ofPlatform().daemon().name("rehearsal").start(() -> running.prepare(primitives, transports.clock(), ciphers));
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

    /// What is better done before there is traffic, but must not keep the socket waiting; and then, a minute
    /// later, what only the next start is faster for.
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
            // Moved to a namespace that we may not enter, the link cannot be asked any more. Whoever moves one means
            // to use it.
            boolean isUp = link.isEmpty() || link.get().isUp();
            link.ifPresent(known -> engine.followMtu(known.mtu()));
            if (isUp != up) {
                up = follow(isUp, up);
            }
            linkPoller.await(link.isPresent() && isUp == up && !routesAreNew() ? -1 : LOOK_MILLIS);
        }
    }

    /// Whether routes changed a moment ago, so that they are to be looked at again.
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

    /// What the device is afterwards: one whose port is taken stays down, and is tried again.
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

    /// Once: what is tried again every second fails every second.
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
        // After the engine's threads, which wake it.
        linkPoller.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
