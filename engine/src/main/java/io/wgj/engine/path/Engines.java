// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.config.net.DeviceName;
import io.wgj.config.net.InterfaceName;
import io.wgj.engine.core.Clock;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.io.Notices;
import io.wgj.engine.io.Poller;
import io.wgj.engine.io.Switches;
import io.wgj.engine.io.Tun;
import io.wgj.engine.io.UdpSockets;
import io.wgj.engine.packet.MergeRules;
import io.wgj.engine.run.EngineConfig;
import io.wgj.engine.run.EngineFactory;
import io.wgj.engine.run.EngineHandle;
import io.wgj.netlink.sys.BootClock;
import io.wgj.netlink.sys.Randomness;
import io.wgj.netlink.sys.SystemException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;

/// The engine of this build: real doors, and an [Engine] between them.
public final class Engines {
    /// Which ciphers are fastest on this machine; root's, and remade when it is gone.
    private static final Path CIPHERS = Path.of("/var/cache/wgj/ciphers");

    /// So that handshakes, of which a rehearsal has one, are known, too.
    private static final int REHEARSALS = 20;

    private static final int READS = 500;
    private static final long LONGEST_NANOS = 2_000_000_000;

    private Engines() {}

    /// Starts engines in the calling thread's network namespace.
    public static EngineFactory own() {
        return Engines::start;
    }

    /// Lets made-up traffic take a packet's whole way for a few seconds, for a run from which the ahead-of-time cache
    /// learns. Needs no privilege, and touches neither network nor files.
    public static void rehearse() {
        for (int i = 0; i < REHEARSALS; i++) {
            long _ = Rehearsal.run(Primitives.choose(null, null), new SystemClock(), READS, LONGEST_NANOS);
        }
    }

    private static EngineHandle start(EngineConfig config) throws SystemException {
        Notices notices = config.log()::error;
        Primitives primitives = Primitives.choose(CIPHERS, System.getenv(Primitives.OVERRIDE));
        config.log().verbose("Ciphers: " + primitives.reason());
        Switches switches = Switches.ofProcess();
        Tun tun = config.tunDescriptor().isPresent()
                ? Tun.ofDescriptor(config.tunDescriptor().getAsInt(), notices)
                : Tun.open(config.name().text(), false, switches, notices);
        UdpSockets udp = null;
        try {
            udp = UdpSockets.open(switches, notices);
            Doors doors = new Doors(
                    tun,
                    udp,
                    Poller.over(tun.descriptor()),
                    Poller.over(udp.descriptor4(), udp.descriptor6()),
                    Poller.over(),
                    joining(tun, switches),
                    new SystemClock(),
                    Engines::fill,
                    notices,
                    HandshakeLines.listener(config.log()));
            InterfaceName name = InterfaceName.parse(tun.name()).orElse(config.name());
            Engine engine = new Engine(new DeviceName(name.text()), doors, primitives, Tun.DEFAULT_MTU);
            return RunningEngine.start(name, engine, doors, tun, primitives, config.log(), CIPHERS);
        } catch (SystemException e) {
            if (udp != null) {
                udp.close();
            }
            tun.close();
            throw e;
        }
    }

    private static MergeRules joining(Tun tun, Switches switches) {
        return new MergeRules(
                tun.vnetHeader(),
                switches.tunMergeTcp(),
                switches.tunMergeUdp() && tun.joinsUdp(),
                switches.verifyMerged());
    }

    private static void fill(byte[] bytes) {
        try {
            byte[] random = Randomness.bytes(bytes.length);
            System.arraycopy(random, 0, bytes, 0, bytes.length);
            Arrays.fill(random, (byte) 0);
        } catch (SystemException e) {
            // A kernel without getrandom(2) is older than any this runs on, and nothing may be made of guesses.
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
