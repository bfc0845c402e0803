// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.engine.io.EngineFeature;
import io.wgj.engine.io.EngineFeatures;
import io.wgj.engine.io.OperatorLog;
import io.wgj.engine.io.Poller;
import io.wgj.engine.io.Side;
import io.wgj.engine.io.Tun;
import io.wgj.engine.io.TunClosedException;
import io.wgj.engine.io.TunPort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// [Merger] and [Segmenter] against a real kernel. The kernel forwards what is written to the TUN `wgj0`: to
/// `small`, a TUN without offloads, for which it cuts packets, or to `large`, which takes all.
@Tag("namespace")
class FarKernelNamespaceTest {
    private static final long PATIENCE_NANOS = 2_000_000_000L;

    private Side side;
    private Tun tunnel;
    private Tun small;
    private Tun large;

    @BeforeEach
    void makeKernel() throws Exception {
        side = new Side();
        side.command("sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv4.conf.all.rp_filter=0"
                + " net.ipv4.conf.default.rp_filter=0 net.ipv4.conf.all.accept_source_route=1"
                + " net.ipv4.conf.default.accept_source_route=1");
        tunnel = tun("wgj0", EngineFeatures.ALL_ON);
        small = tun("small", EngineFeatures.allBut(EngineFeature.TUN_OFFLOADS));
        large = tun("large", EngineFeatures.ALL_ON);
    }

    private Tun tun(String name, EngineFeatures features) throws Exception {
        Tun tun = side.run(() -> Tun.open(name, false, features, OperatorLog.NONE));
        side.ip("link set " + name + " addrgenmode none");
        side.ip("link set " + name + " mtu 9000 up");
        return tun;
    }

    private void forwardTo(String name) throws Exception {
        for (String destination : new String[] {"10.0.0.2", "10.254.254.254", "fd00::a00:2", "fd00::afe:fefe"}) {
            side.ip("route replace " + destination + " dev " + name);
        }
    }

    @AfterEach
    void leaveIt() {
        tunnel.close();
        small.close();
        large.close();
        side.close();
    }

    /// Everything that has been forwarded by now, the kernel's own packets aside.
    private static List<byte[]> forwarded(Tun to) throws TunClosedException {
        List<byte[]> packets = new ArrayList<>();
        byte[] buffer = new byte[TunPort.READ_ROOM];
        int start = to.vnetHeader() ? VirtioHeader.SIZE : 0;
        for (int length = to.read(buffer, 0); length > 0; length = to.read(buffer, 0)) {
            int destination = start + (buffer[start] >>> 4 == 6 ? 36 : 16);
            int address = Bytes.s32(buffer, destination);
            if (address == 0x0a000002 || address == SegmenterTest.Detour.HOP) {
                packets.add(Arrays.copyOf(buffer, length));
            }
        }
        return packets;
    }

    private static List<byte[]> await(Tun to, int count) throws Exception {
        List<byte[]> packets = new ArrayList<>();
        long end = System.nanoTime() + PATIENCE_NANOS;
        try (Poller poller = Poller.over(to.descriptor())) {
            while (packets.size() < count && System.nanoTime() < end) {
                packets.addAll(forwarded(to));
                if (packets.size() < count) {
                    poller.await(100);
                }
            }
        }
        assertThat(packets).hasSize(count);
        return packets;
    }

    private void write(byte[] framed) throws TunClosedException {
        assertThat(tunnel.write(framed, 0, framed.length)).as("taken").isTrue();
    }

    /// The same stream of packets, of 12 flows and with whatever may keep two from being joined.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theFarKernelSeesTheSameStreamWithMergingOnAndOff(long seed) throws Exception {
        forwardTo("small");
        Merger<TunClosedException> on = new Merger<>(tunnel, new MergeRules(true, true, true, true), _ -> {});
        Merger<TunClosedException> off = new Merger<>(tunnel, MergeRules.none(true), _ -> {});
        Map<String, List<String>> withMerging = delivered(seed, on);
        Map<String, List<String>> without = delivered(seed, off);

        assertThat(on.state().joined(true)).as("TCP joined").isGreaterThan(300);
        assertThat(on.state().joined(false)).as("UDP joined").isGreaterThan(100);
        assertThat(on.state().refused(true) + on.state().refused(false)).isZero();
        assertThat(off.state().joined(true) + off.state().joined(false)).isZero();
        assertThat(without.values().stream().mapToInt(List::size).sum()).isGreaterThan(1_500);
        assertThat(withMerging).containsExactlyInAnyOrderEntriesOf(without);
    }

    private Map<String, List<String>> delivered(long seed, Merger<TunClosedException> merger) throws Exception {
        MergeAndCutTest.Stream stream = new MergeAndCutTest.Stream(seed);
        Random random = new Random(seed);
        List<byte[]> arrived = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            MergerTest.deliver(merger, stream.next());
            if (random.nextInt(64) == 0) {
                merger.flush();
                arrived.addAll(forwarded(small));
            }
        }
        merger.flush();
        byte[] last = TestPacket.udp(false, TestPacket.text(7, 7)).framed();
        write(last);
        // The last one to be written is the last one to arrive.
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (arrived.isEmpty() || arrived.getLast().length != last.length - VirtioHeader.SIZE) {
            arrived.addAll(forwarded(small));
            assertThat(System.nanoTime()).as("the last one is awaited").isLessThan(end);
        }
        Map<String, List<String>> flows = new LinkedHashMap<>();
        for (byte[] packet : arrived) {
            flows.computeIfAbsent(MergeAndCutTest.flow(packet), _ -> new ArrayList<>())
                    .add(MergeAndCutTest.comparable(packet));
        }
        return flows;
    }

    /// Every byte: identification, lengths, sequence, flags and checksums as the kernel makes them.
    @ParameterizedTest
    @CsvSource({
        "false, false, 0x0000, 0x10",
        "false, false, 0x4000, 0x19",
        "false, false, 0x4000, 0x99",
        "false, true, 0x4000, 0",
        "false, true, 0x0000, 0",
        "true, false, 0, 0x10",
        "true, false, 0, 0x99",
        "false, false, 0x4000, 0x15d",
        "true, false, 0, 0xf5d",
        "true, true, 0, 0"
    })
    void weCutAsTheKernelDoes(boolean ipv6, boolean udp, String fragmentField, String flags) throws Exception {
        for (int payload : new int[] {100, 101, 1_000, 1_399, 44_000}) {
            byte[] framed = superPacket(ipv6, udp, Integer.decode(fragmentField), Integer.decode(flags), payload);
            int count = (payload + 999) / 1_000;

            forwardTo("small");
            write(framed);
            List<byte[]> kernels = await(small, count);
            forwardTo("large");
            write(framed);
            List<byte[]> ours = new ArrayList<>();
            for (byte[] read : await(large, 1)) {
                ours.addAll(SegmenterTest.cut(new Segmenter(true), read));
            }

            assertThat(ours).as("%d bytes", payload).containsExactlyElementsOf(kernels);
            assertThat(ours).allMatch(TestPacket::isSound);
        }
    }

    /// The same where the IP header has not the addresses that checksums are about.
    @ParameterizedTest
    @MethodSource("io.wgj.engine.packet.SegmenterTest#detours")
    void weCutBehindADetourAsTheKernelDoes(SegmenterTest.Detour detour) throws Exception {
        for (boolean udp : new boolean[] {false, true}) {
            TestPacket whole = TestPacket.tcp(detour.ipv6(), 0xffff_ff00, TestPacket.text(4_321, 3));
            whole.udp = udp;
            int type = udp ? VirtioHeader.GSO_UDP_L4 : detour.ipv6() ? VirtioHeader.GSO_TCPV6 : VirtioHeader.GSO_TCPV4;
            byte[] framed = detour.frame(whole, type, 1_000);

            forwardTo("small");
            write(framed);
            List<byte[]> kernels = await(small, 5);
            List<byte[]> ours = new ArrayList<>();
            for (byte[] packet : SegmenterTest.cut(new Segmenter(true), framed)) {
                ours.add(detour.forwarded(packet));
            }

            assertThat(ours).as(udp ? "UDP" : "TCP").containsExactlyElementsOf(kernels);
        }
    }

    private static byte[] superPacket(boolean ipv6, boolean udp, int fragmentField, int flags, int payload) {
        TestPacket packet = TestPacket.tcp(ipv6, 0xffff_ff00, TestPacket.text(payload, flags));
        packet.udp = udp;
        packet.id = 0xfffe;
        packet.fragmentField = fragmentField;
        packet.flags = flags & 0xff;
        packet.reserved = flags >>> 8;
        packet.urgent = flags >>> 8;
        packet.service = 0x2a;
        packet.hopLimit = 7;
        packet.flowLabel = ipv6 ? 0x54321 : 0;
        packet.options = udp ? new byte[0] : new byte[] {1, 1, 8, 10, 1, 2, 3, 4, 5, 6, 7, 8};
        if (payload <= 1_000) {
            return packet.framedForCard(VirtioHeader.GSO_NONE, 0);
        }
        int type = udp ? VirtioHeader.GSO_UDP_L4 : ipv6 ? VirtioHeader.GSO_TCPV6 : VirtioHeader.GSO_TCPV4;
        boolean reduced = !udp && (flags & IpPacket.CWR) != 0;
        return packet.framedForCard(reduced ? type | VirtioHeader.GSO_ECN : type, 1_000);
    }
}
