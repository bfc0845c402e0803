// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine;

import io.wgj.config.net.DeviceName;
import io.wgj.config.net.InterfaceName;
import io.wgj.engine.clock.KnownTimes;
import io.wgj.engine.clock.SentTimes;
import io.wgj.engine.core.Clock;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.dispatch.ThreadPlan;
import io.wgj.engine.io.EngineFeature;
import io.wgj.engine.io.EngineFeatures;
import io.wgj.engine.io.NetworkErrors;
import io.wgj.engine.io.OperatorLog;
import io.wgj.engine.io.Poller;
import io.wgj.engine.io.Tun;
import io.wgj.engine.io.TunQueues;
import io.wgj.engine.io.UdpSockets;
import io.wgj.engine.packet.MergeRules;
import io.wgj.engine.run.EngineConfig;
import io.wgj.engine.run.EngineFactory;
import io.wgj.engine.run.EngineHandle;
import io.wgj.engine.uapi.EventFeed;
import io.wgj.engine.warmup.Warmup;
import io.wgj.engine.warmup.WarmupGate;
import io.wgj.netlink.sys.BootClock;
import io.wgj.netlink.sys.Randomness;
import io.wgj.netlink.sys.SystemException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Starts engines: opens a real TUN and real sockets and creates an [Engine] over them.
public final class Engines {
    /// Remembers which ciphers are fastest on this machine. Owned by root; measured again when it is missing.
    private static final Path CIPHERS = Path.of("/var/cache/wgj/ciphers");

    /// How long the warm-up waits for the first handshake: as long as it takes to configure the engine. Not
    /// longer, because traffic that comes before the warm-up meets code that is not compiled.
    private static final int PATIENCE_MILLIS = 20;

    /// One warm-up has one handshake only; the handshake code needs more runs.
    private static final int WARM_UPS = 20;

    private static final int READS = 500;
    private static final long LONGEST_NANOS = 2_000_000_000;

    private Engines() {}

    /// Starts engines in the calling thread's network namespace.
    public static EngineFactory own() {
        return new Own();
    }

    private static final class Own implements EngineFactory {
        private final CipherChoice choice =
                new CipherChoice(() -> Primitives.choose(CIPHERS, System.getenv(Primitives.OVERRIDE)));

        @Override
        public void prepare() {
            choice.start();
        }

        @Override
        public EngineHandle start(EngineConfig config) throws SystemException {
            choice.start();
            return Engines.start(config, choice);
        }
    }

    /// Runs made-up traffic through the data path for a few seconds, so that the class archive records its
    /// classes. It needs no privileges and touches neither the network nor files.
    public static void warmUp() {
        for (int i = 0; i < WARM_UPS; i++) {
            long _ = Warmup.run(Primitives.choose(null, null), new SystemClock(), false, READS, LONGEST_NANOS);
        }
        Warmup.ofFallback(Primitives.choose(null, null), new SystemClock());
    }

    private static EngineHandle start(EngineConfig config, CipherChoice choice) throws SystemException {
        OperatorLog operatorLog = OperatorLog.once(config.log()::error);
        EngineFeatures features = EngineFeatures.ofProcess();
        for (EngineFeature each : features.off()) {
            config.log().verbose("Switched off: " + each.variable());
        }
        ThreadPlan plan = ThreadPlan.ofProcess();
        TunQueues queues = config.tunDescriptor().isPresent()
                ? TunQueues.ofDescriptor(config.tunDescriptor().getAsInt(), features, operatorLog)
                : TunQueues.open(config.name().text(), plan.txQueues(), features, operatorLog);
        Tun tun = queues.writing();
        WarmupGate gate = new WarmupGate(PATIENCE_MILLIS);
        UdpSockets udp = null;
        EventFeed feed = null;
        Clock clock = new SystemClock();
        try {
            feed = EventFeed.open(config.log()::verbose);
            EventPublisher events = new EventPublisher(feed, clock);
            udp = UdpSockets.open(features, operatorLog, new NetworkErrors(BootClock::nanos, config.log()::error));
            List<EngineTransports.TxQueue> polled = new ArrayList<>();
            for (Tun queue : queues.reading()) {
                polled.add(new EngineTransports.TxQueue(queue, Poller.over(queue.descriptor())));
            }
            EngineTransports transports = new EngineTransports(
                    tun,
                    polled,
                    udp,
                    Poller.over(udp.descriptor4(), udp.descriptor6()),
                    Poller.over(),
                    joining(tun, features),
                    clock,
                    Engines::fill,
                    operatorLog,
                    gate.before(events.before(HandshakeLog.listener(config.log()))));
            InterfaceName name = InterfaceName.parse(tun.name()).orElse(config.name());
            Primitives primitives = choice.get();
            if (primitives.isMakeshift()) {
                operatorLog.report("using fallback ciphers: " + primitives.reason());
            }
            config.log().verbose("Ciphers: " + primitives.reason());
            Engine engine = new Engine(new DeviceName(name.text()), transports, primitives, Tun.DEFAULT_MTU, plan);
            engine.core().onSessions(events);
            engine.core().keepTimesAbove(new SentTimes(new KnownTimes(KnownTimes.DEFAULT_FOLDER), oneThread()));
            engine.core().drops().onRecord(events::dropped);
            udp.errors().onReport(events::refused);
            return RunningEngine.start(
                    name, engine, transports, tun, udp.errors(), feed, primitives, config.log(), gate, CIPHERS);
        } catch (SystemException e) {
            if (udp != null) {
                udp.close();
            }
            if (feed != null) {
                feed.close();
            }
            queues.close();
            throw e;
        }
    }

    /// Runs one task after the other, on a thread that ends when there is none.
    private static Executor oneThread() {
        ThreadPoolExecutor thread = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("times").factory());
        thread.allowCoreThreadTimeOut(true);
        return thread;
    }

    private static MergeRules joining(Tun tun, EngineFeatures features) {
        return new MergeRules(
                tun.vnetHeader(),
                features.has(EngineFeature.TUN_MERGE_TCP) && tun.joinsTcp(),
                features.has(EngineFeature.TUN_MERGE_UDP) && tun.joinsUdp(),
                features.has(EngineFeature.VERIFY_MERGED));
    }

    private static void fill(byte[] bytes) {
        try {
            byte[] random = Randomness.bytes(bytes.length);
            System.arraycopy(random, 0, bytes, 0, bytes.length);
            Arrays.fill(random, (byte) 0);
        } catch (SystemException e) {
            // A kernel without getrandom(2) is older than any supported one, and guessed keys are not an
            // option.
            throw new IllegalStateException(e);
        }
    }

    static final class SystemClock implements Clock {
        @Override
        public long bootNanos() {
            return BootClock.nanos();
        }

        @Override
        public Instant wall() {
            return Instant.now();
        }
    }
}
