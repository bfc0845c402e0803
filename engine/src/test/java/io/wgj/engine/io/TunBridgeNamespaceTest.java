// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.engine.core.UdpFlow;
import io.wgj.engine.packet.IpPacket;
import io.wgj.engine.packet.MergeRules;
import io.wgj.engine.packet.MergeState;
import io.wgj.engine.packet.Merger;
import io.wgj.engine.packet.PacketOutput;
import io.wgj.engine.packet.Segmenter;
import io.wgj.engine.packet.VirtioHeader;
import io.wgj.netlink.route.LinkWatch;
import io.wgj.netlink.sys.SystemException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Two TUNs in two namespaces, and between them what TX and RX do, without WireGuard.
@Tag("namespace")
class TunBridgeNamespaceTest {
    private Side left;
    private Side right;

    @BeforeEach
    void makeNamespaces() throws Exception {
        left = new Side();
        right = new Side();
    }

    @AfterEach
    void leaveThem() {
        left.close();
        right.close();
    }

    private static Tun tun(Side side, int host, EngineFeatures features) throws Exception {
        Tun tun = side.run(() -> Tun.open("wgj0", false, features, OperatorLog.NONE));
        side.ip("address add 10.9.0." + host + "/24 dev wgj0");
        side.ip("address add fd09::" + host + "/64 dev wgj0 nodad");
        side.ip("link set wgj0 up");
        return tun;
    }

    /// One direction of the bridge.
    private static final class Carrier implements Runnable, AutoCloseable {
        private final Tun from;
        private final Poller poller;
        private final Segmenter segmenter;
        private final Merger<TunClosedException> merger;
        private final byte[] buffer = new byte[TunPort.READ_ROOM];
        private final Thread thread;
        private volatile boolean stopped;
        private volatile int mostSegments;
        private final List<String> notices = new CopyOnWriteArrayList<>();
        private volatile String failure = "";

        Carrier(Tun from, Tun to, EngineFeatures features, boolean refuses) throws SystemException {
            this.from = from;
            this.poller = Poller.over(from.descriptor());
            this.segmenter = new Segmenter(from.vnetHeader());
            MergeRules rules = new MergeRules(
                    to.vnetHeader(),
                    features.has(EngineFeature.TUN_MERGE_TCP) && to.joinsTcp(),
                    features.has(EngineFeature.TUN_MERGE_UDP) && to.joinsUdp(),
                    features.has(EngineFeature.VERIFY_MERGED));
            this.merger = new Merger<>(refuses ? refusingJoined(to) : to, rules, notices::add);
            this.thread = Thread.ofPlatform().start(this);
        }

        /// A kernel that takes what it announced and then refuses it.
        private static PacketOutput<TunClosedException> refusingJoined(Tun tun) {
            return (from, offset, length) ->
                    VirtioHeader.gsoType(from, offset) == VirtioHeader.GSO_NONE && tun.write(from, offset, length);
        }

        @Override
        public void run() {
            try {
                while (!stopped) {
                    for (int length = from.read(buffer, 0); length > 0; length = from.read(buffer, 0)) {
                        carry(length);
                    }
                    merger.flush();
                    poller.await(100);
                }
            } catch (TunClosedException | RuntimeException e) {
                failure = e.toString();
            }
        }

        private void carry(int length) throws TunClosedException {
            for (boolean more = segmenter.start(buffer, 0, length); more; more = segmenter.next()) {
                mostSegments = Math.max(mostSegments, segmenter.segments());
                int padded = segmenter.length() + 15 & ~15;
                segmenter.pad(padded);
                int at = merger.begin(padded);
                System.arraycopy(buffer, segmenter.offset(), merger.array(), at, padded);
                int own = IpPacket.length(merger.array(), at, padded);
                if (own >= 0) {
                    merger.commit(own);
                } else {
                    merger.abandon();
                }
            }
        }

        @Override
        public void close() {
            stopped = true;
            poller.wake();
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            poller.close();
        }
    }

    record Setting(
            String name, EngineFeatures features, boolean refuses, boolean cuts, boolean joinsTcp, boolean joinsUdp) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Setting setting(
            String name, boolean cuts, boolean joinsTcp, boolean joinsUdp, EngineFeature... off) {
        return new Setting(name, EngineFeatures.allBut(off), false, cuts, joinsTcp, joinsUdp);
    }

    static Stream<Setting> settings() {
        return Stream.of(
                setting("all on", true, true, true),
                setting("no offloads", false, false, false, EngineFeature.TUN_OFFLOADS),
                setting("no USO", true, true, false, EngineFeature.TUN_USO),
                setting("TCP not joined", true, false, true, EngineFeature.TUN_MERGE_TCP),
                setting("UDP not joined", true, true, false, EngineFeature.TUN_MERGE_UDP),
                setting("nothing joined", true, false, false, EngineFeature.TUN_MERGE_TCP, EngineFeature.TUN_MERGE_UDP),
                new Setting("joined writes refused", EngineFeatures.ALL_ON, true, true, false, false),
                setting("not verified", true, true, true, EngineFeature.VERIFY_MERGED));
    }

    /// Also on the kernels of the virtual machine, of which Debian 12's has no USO.
    @ParameterizedTest
    @MethodSource("settings")
    @Tag("kernel")
    void realTcpAndUdpArriveWhole(Setting setting) throws Exception {
        EngineFeatures features = setting.features;
        try (Tun one = tun(left, 1, features);
                Tun two = tun(right, 2, features);
                Carrier there = new Carrier(one, two, features, setting.refuses);
                Carrier back = new Carrier(two, one, features, setting.refuses)) {
            transfer("10.9.0.2");
            transfer("fd09::2");
            datagrams(false);
            datagrams(true);
            // Two kernels would hang or reset on damage, but they also count it.
            assertThat(left.checksumErrors()).isZero();
            assertThat(right.checksumErrors()).isZero();
            assertThat(there.failure + back.failure).isEmpty();
            assertThat(there.segmenter.malformed()).isZero();
            if (setting.cuts) {
                assertThat(there.mostSegments).isBetween(2, 45);
            } else {
                assertThat(there.mostSegments).isEqualTo(1);
            }
            boolean uso = Side.isLinux(6, 2);
            MergeState state = there.merger.state();
            assertThat(state.joined(true) > 0).isEqualTo(setting.joinsTcp);
            assertThat(state.joined(false) > 0).isEqualTo(setting.joinsUdp && uso);
            assertThat(state.refused(true)).isEqualTo(setting.refuses ? 1 : 0);
            assertThat(state.refused(false)).isEqualTo(setting.refuses && uso ? 1 : 0);
            assertThat(there.notices).hasSize(setting.refuses ? uso ? 2 : 1 : 0);
        }
    }

    /// TCP and UDP behind a segment routing header, which the left kernel puts in and the right one takes
    /// out: the address that checksums are about is in that header only.
    @Test
    void largePacketsWithASegmentRoutingHeaderArriveWhole() throws Exception {
        EngineFeatures features = EngineFeatures.ALL_ON;
        try (Tun one = tun(left, 1, features);
                Tun two = tun(right, 2, features);
                Carrier there = new Carrier(one, two, features, false);
                Carrier _ = new Carrier(two, one, features, false)) {
            right.ip("address add fd09::77/64 dev wgj0 nodad");
            right.command("sysctl -qw net.ipv6.conf.all.seg6_enabled=1 net.ipv6.conf.wgj0.seg6_enabled=1"
                    + " net.ipv6.conf.all.forwarding=1");
            left.ip("-6 route add fd09::2/128 encap seg6 mode inline segs fd09::77 dev wgj0 mtu 1380");
            transfer("fd09::2");
            datagrams(true);
            assertThat(there.mostSegments).isBetween(2, 45);
            assertThat(there.segmenter.malformed()).isZero();
            assertThat(right.checksumErrors()).isZero();
        }
    }

    private void transfer(String address) throws Exception {
        byte[] text = new byte[8 << 20];
        new Random(1).nextBytes(text);
        ServerSocket server = right.run(() -> new ServerSocket(7_000));
        try (server) {
            Future<byte[]> arrived = right.start(() -> {
                try (Socket socket = server.accept();
                        InputStream in = socket.getInputStream()) {
                    byte[] all = in.readAllBytes();
                    socket.getOutputStream().write(all, 0, 100_000);
                    return all;
                }
            });
            Future<byte[]> echo = left.start(() -> {
                try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress(address, 7_000), 5_000);
                    OutputStream out = socket.getOutputStream();
                    out.write(text);
                    socket.shutdownOutput();
                    return socket.getInputStream().readAllBytes();
                }
            });
            assertThat(Arrays.equals(arrived.get(60, TimeUnit.SECONDS), text)).isTrue();
            assertThat(echo.get(60, TimeUnit.SECONDS)).isEqualTo(Arrays.copyOf(text, 100_000));
        }
    }

    /// Trains of 20 datagrams, cut by our segmenter (or the kernel), joined and received again.
    private void datagrams(boolean ipv6) throws Exception {
        try (UdpSockets sender = left.run(() -> UdpSockets.open(EngineFeatures.ALL_ON, OperatorLog.NONE));
                UdpSockets receiver = right.run(() -> UdpSockets.open(EngineFeatures.ALL_ON, OperatorLog.NONE))) {
            left.run(() -> sender.bind(0));
            int port = right.run(() -> receiver.bind(0));
            UdpFlow flow = ipv6
                    ? new UdpFlow(true, 0xfd09L << 48, 2, port, 0, 0, 0, 0, false)
                    : new UdpFlow(false, 0, 0x0a090002, port, 0, 0, 0, 0, false);
            byte[] text = new byte[19 * 1_000 + 333];
            new Random(2).nextBytes(text);
            Train train = new Train();
            try (Poller poller = Poller.over(receiver.descriptor4(), receiver.descriptor6())) {
                for (int round = 0; round < 50; round++) {
                    assertThat(sender.send(flow, text, 0, text.length, 1_000)).isEqualTo(UdpPort.SENT);
                    byte[] arrived = new byte[text.length];
                    int length = 0;
                    long end = System.nanoTime() + 5_000_000_000L;
                    while (length < text.length && System.nanoTime() < end) {
                        if (receiver.receive(train)) {
                            System.arraycopy(train.data, 0, arrived, length, train.length);
                            length += train.length;
                        } else {
                            poller.await(100);
                        }
                    }
                    assertThat(Arrays.equals(arrived, text))
                            .as("round %d", round)
                            .isTrue();
                }
            }
        }
    }

    @Test
    @Tag("kernel")
    void aKernelWithoutUsoIsReportedOnce() throws Exception {
        List<String> notices = new CopyOnWriteArrayList<>();
        try (Tun tun = left.run(() -> Tun.open("wgj0", false, EngineFeatures.ALL_ON, notices::add))) {
            assertThat(tun.joinsTcp()).isTrue();
            assertThat(tun.joinsUdp()).isEqualTo(Side.isLinux(6, 2));
            assertThat(notices).hasSize(tun.joinsUdp() ? 0 : 1).allMatch(notice -> notice.contains("USO"));
        }
    }

    @Test
    void aTunHasTheNameTheMtuAndTheLimitWeWant() throws Exception {
        try (Tun tun = left.run(() -> Tun.open("wgj0", false, EngineFeatures.ALL_ON, OperatorLog.NONE))) {
            assertThat(tun.name()).isEqualTo("wgj0");
            assertThat(tun.vnetHeader()).isTrue();
            assertThat(left.command("ip -d link show wgj0")).contains("mtu 1420", "gso_max_segs 45", "tun type tun");
        }
        assertThat(left.command("ip link")).doesNotContain("wgj0");
    }

    @Test
    void queuesOfOneLinkAreOpenedOneByOne() throws Exception {
        try (Tun tun = left.run(() -> Tun.open("wgj0", true, EngineFeatures.ALL_ON, OperatorLog.NONE));
                Tun more = left.run(() -> Tun.openQueue("wgj0", EngineFeatures.ALL_ON, OperatorLog.NONE))) {
            assertThat(more.name()).isEqualTo(tun.name());
            assertThat(left.command("ip -d link show wgj0")).contains("multi_queue");
        }
        assertThatThrownBy(() -> left.run(() -> {
                    try (Tun _ = Tun.open("wgj0", false, EngineFeatures.ALL_ON, OperatorLog.NONE);
                            Tun second = Tun.open("wgj0", false, EngineFeatures.ALL_ON, OperatorLog.NONE)) {
                        return second.name();
                    }
                }))
                .hasRootCauseInstanceOf(SystemException.class)
                .hasMessageContaining("EBUSY");
    }

    @Test
    void aTunIsTakenOverByItsDescriptor() throws Exception {
        try (Tun tun = left.run(() -> Tun.open("wgj0", false, EngineFeatures.ALL_ON, OperatorLog.NONE))) {
            Tun same = left.run(() -> Tun.ofDescriptor(tun.descriptor(), EngineFeatures.ALL_ON, OperatorLog.NONE));
            assertThat(same.name()).isEqualTo("wgj0");
            assertThat(same.vnetHeader()).isTrue();
            assertThat(same.read(new byte[TunPort.READ_ROOM], 0)).isZero();
        }
    }

    @Test
    void aTunThatIsTakenOverWithOffloadsOffHandsOverSmallPackets() throws Exception {
        EngineFeatures off = EngineFeatures.allBut(EngineFeature.TUN_OFFLOADS);
        List<String> notices = new CopyOnWriteArrayList<>();
        try (Tun tun = tun(left, 1, EngineFeatures.ALL_ON)) {
            Tun same = left.run(() -> Tun.ofDescriptor(tun.descriptor(), off, notices::add));
            assertThat(same.vnetHeader()).isTrue();
            assertThat(same.joinsTcp() || same.joinsUdp()).isFalse();
        }
        assertThat(notices).isEmpty();
    }

    @Test
    void aTunWithoutTheHeaderIsReportedOnceAndOnlyWhenOffloadsAreOn() throws Exception {
        List<String> notices = new CopyOnWriteArrayList<>();
        try (Tun tun = left.run(
                () -> Tun.open("wgj0", false, EngineFeatures.allBut(EngineFeature.TUN_OFFLOADS), notices::add))) {
            assertThat(notices).isEmpty();
            Tun same = left.run(() -> Tun.ofDescriptor(tun.descriptor(), EngineFeatures.ALL_ON, notices::add));
            assertThat(same.vnetHeader() || same.joinsTcp() || same.joinsUdp()).isFalse();
        }
        assertThat(notices).singleElement().asString().contains("IFF_VNET_HDR");
    }

    @Test
    void aDeletedLinkIsNoticedByEveryCall() throws Exception {
        try (Tun tun = left.run(() -> Tun.open("wgj0", false, EngineFeatures.ALL_ON, OperatorLog.NONE));
                Poller poller = Poller.over(tun.descriptor())) {
            left.ip("link set wgj0 up");
            Future<Boolean> woken = left.start(() -> {
                poller.await(10_000);
                return poller.isReady(0);
            });
            left.ip("link delete wgj0");
            assertThat(woken.get(5, TimeUnit.SECONDS)).isTrue();
            byte[] buffer = new byte[TunPort.READ_ROOM];
            assertThatThrownBy(() -> tun.read(buffer, 0)).isInstanceOf(TunClosedException.class);
            buffer[10] = 0x45;
            assertThatThrownBy(() -> tun.write(buffer, 0, 30)).isInstanceOf(TunClosedException.class);
        }
    }

    @Test
    void aHeaderTheKernelDoesNotTakeIsARefusalNotAFailure() throws Exception {
        try (Tun tun = tun(left, 1, EngineFeatures.ALL_ON)) {
            byte[] packet = new byte[60];
            packet[1] = 0x7f;
            packet[10] = 0x45;
            assertThat(tun.write(packet, 0, 60)).isFalse();
            left.ip("link set wgj0 down");
            packet[1] = 0;
            assertThat(tun.write(packet, 0, 60)).isTrue();
            assertThat(tun.lost()).isEqualTo(1);
        }
    }

    @Test
    void aLinkIsWatched() throws Exception {
        try (Tun tun = left.run(() -> Tun.open("wgj0", false, EngineFeatures.ALL_ON, OperatorLog.NONE));
                LinkWatch watch = left.run(tun::watch)) {
            assertThat(watch.update()).isFalse();
            assertThat(watch.link().orElseThrow().isUp()).isFalse();
            left.ip("link add other type bridge");
            assertThat(watch.update()).isFalse();
            left.ip("link set wgj0 up mtu 1300");
            assertThat(watch.update()).isTrue();
            assertThat(watch.link().orElseThrow().isUp()).isTrue();
            assertThat(watch.link().orElseThrow().mtu()).isEqualTo(1_300);
            left.ip("link set wgj0 netns " + right.threadId + " name moved");
            assertThat(watch.update()).isTrue();
            assertThat(watch.link()).isEmpty();
            try (LinkWatch there = left.run(tun::watch)) {
                assertThat(there.link().orElseThrow().isUp()).isFalse();
                right.ip("link set moved up");
                assertThat(there.update()).isTrue();
                assertThat(there.link().orElseThrow().isUp()).isTrue();
                right.ip("link delete moved");
                assertThat(there.update()).isTrue();
                assertThat(there.link()).isEmpty();
            }
        }
    }
}
