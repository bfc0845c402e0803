// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.engine.uapi.UapiDevice;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.it.Command;
import io.wgj.it.Product;
import io.wgj.it.Ran;
import io.wgj.netlink.sys.UnixStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The real engine where there is little of what it needs: descriptors, memory.
@Tag("namespace")
@Timeout(300)
class ScarceTest {
    private static final int PEERS = 1_000;
    private static final int ROUNDS = 100;
    private static final long LIMIT = 128L << 20;

    /// Mounts the control groups, of the version that has the memory's, where they usually are, and sets
    /// `group` and `limit`.
    private static final String GROUP = """
            mount -t tmpfs tmpfs /sys/fs/cgroup; mkdir /sys/fs/cgroup/memory
            group=/sys/fs/cgroup/memory/wgj-it-%1$d limit=memory.limit_in_bytes
            if ! mount -t cgroup -o memory memory /sys/fs/cgroup/memory 2>/dev/null; then
              umount /sys/fs/cgroup; mount -t cgroup2 cgroup2 /sys/fs/cgroup
              group=/sys/fs/cgroup/wgj-it-%1$d limit=memory.max
            fi
            """.formatted(ProcessHandle.current().pid());

    private static int engines;

    /// One for each test: an engine may take a while to end.
    private final String name = "wgscarce" + engines++;

    private Host host;

    @BeforeEach
    void makeHost() {
        host = new Host();
    }

    @AfterEach
    void removeHost() throws Exception {
        host.run(Command.of("ip", "link", "del", name));
        while (new UapiSockets().exists(new DeviceName(name))) {
            Thread.sleep(20);
        }
        host.close();
    }

    /// Starts an engine in the background from a shell in which `before` has been run, in a mount namespace
    /// of its own.
    private Ran start(String before) {
        return host.run(
                Command.of("unshare", "--mount", "bash", "-c", before + "\nexec \"$0\" engine \"$1\"", wgj(), name)
                        .env("LOG_LEVEL", "")
                        .timeout(Duration.ofMinutes(1)));
    }

    private static String wgj() {
        return Product.root().resolve("wgj").toString();
    }

    private UapiDevice device() {
        return new UapiSockets().open(new DeviceName(name));
    }

    /// More clients than it has descriptors for, which say nothing. When they are gone it answers.
    @Test
    void aLackOfDescriptorsIsSurvived() throws Exception {
        assertThat(start("ulimit -n 40").exit()).isZero();
        List<UnixStream> silent = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            silent.add(UnixStream.connect(new UapiSockets().pathOf(new DeviceName(name))));
        }

        // Once one of them has been sent away, there were too many.
        assertThat(silent.getFirst().read(new byte[1], 0, 1)).isZero();
        silent.forEach(UnixStream::close);

        assertThat(device().read().peers()).isEmpty();
        Ran stats = host.run(Command.of(wgj(), "engine", "--stats", name));
        assertThat(stats.stdout()).containsPattern("last error: .* accept4: Too many open files");
    }

    @Test
    void aThousandPeersAreReplacedOverAndOverIn128Megabytes() throws Exception {
        try {
            Ran ran = start(GROUP + """
                    mkdir -p "$group" && [ -e "$group/$limit" ] || exit 75
                    echo %d >"$group/$limit"; echo $$ >"$group/cgroup.procs"
                    """.formatted(LIMIT));
            assumeTrue(ran.exit() != 75, "no control group for memory can be made here");
            assertThat(ran.exit()).as(ran.stderr()).isZero();
            Random random = new Random(1);
            for (int round = 0; round < ROUNDS; round++) {
                device().apply(peers(random));
                assertThat(device().read().peers()).hasSize(PEERS);
            }
        } finally {
            host.run(Command.of("ip", "link", "del", name));
            host.run(Command.of(
                    "unshare",
                    "--mount",
                    "bash",
                    "-c",
                    GROUP + "for ((i = 0; i < 500; i++)); do rmdir \"$group\" && break; sleep .02; done"));
        }
    }

    private static DeviceUpdate peers(Random random) {
        List<PeerUpdate> peers = new ArrayList<>();
        byte[] key = new byte[32];
        for (int i = 0; i < PEERS; i++) {
            random.nextBytes(key);
            List<AllowedIpUpdate> prefixes = List.of(
                    AllowedIpUpdate.add(new IpPrefix(IpAddress.ofV4(10 << 24 | i << 8), 24)),
                    AllowedIpUpdate.add(new IpPrefix(IpAddress.ofV6(0xfd00L << 48 | i, 0), 64)));
            peers.add(new PeerUpdate.Put(
                    PublicKey.of(key),
                    PeerSettings.NONE.withPersistentKeepalive(25).withAllowedIps(true, prefixes)));
        }
        return new DeviceUpdate(Change.keep(), Change.keep(), Change.keep(), true, peers);
    }
}
