// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// [Merger] against [Segmenter], on streams made at random.
class MergeAndCutTest {
    /// What the other side of the TUN gets to see, flow by flow: large packets cut by a card.
    private static Map<String, List<String>> seen(List<byte[]> writes) {
        Segmenter card = new Segmenter(true);
        Map<String, List<String>> flows = new LinkedHashMap<>();
        for (byte[] write : writes) {
            boolean alone = write[0] == 0;
            List<byte[]> packets =
                    alone ? List.of(Arrays.copyOfRange(write, 10, write.length)) : SegmenterTest.cut(card, write);
            for (byte[] packet : packets) {
                flows.computeIfAbsent(flow(packet), _ -> new ArrayList<>()).add(comparable(packet));
            }
        }
        assertThat(card.malformed()).isZero();
        return flows;
    }

    static String flow(byte[] packet) {
        int transport = packet[0] >>> 4 == 6 ? 40 : (packet[0] & 0xf) * 4;
        boolean whole = packet[0] >>> 4 == 6 || (Bytes.u16(packet, 6) & IpPacket.FRAGMENT) == 0;
        // The ports, or for a fragment whatever is in their place: its order among fragments is still kept.
        return whole + " " + packet[0] + " " + packet[packet[0] >>> 4 == 6 ? 6 : 9] + " "
                + Bytes.s32(packet, transport);
    }

    /// Every byte of it: headers to read, the rest to compare.
    static String comparable(byte[] packet) {
        int headers = Math.min(80, packet.length);
        return HexFormat.of().formatHex(packet, 0, headers) + " " + packet.length + " " + Arrays.hashCode(packet);
    }

    /// A stream in which most neighbours join: few flows, steady sizes, now and then something odd.
    static final class Stream {
        private final Random random;
        private final TestPacket[] flows = new TestPacket[12];
        /// How much each flow's identification grows by: 1 mostly, as the kernel counts.
        private final int[] steps = new int[flows.length];

        Stream(long seed) {
            random = new Random(seed);
            for (int i = 0; i < flows.length; i++) {
                TestPacket flow = new TestPacket();
                flow.ipv6 = random.nextBoolean();
                flow.udp = random.nextInt(3) == 0;
                flow.source += random.nextInt(2);
                flow.sourcePort = i;
                flow.sequence = random.nextInt();
                flow.id = random.nextInt(65_536);
                steps[i] = i % 4 == 3 ? random.nextInt(3) * random.nextInt(3) : 1;
                flow.fragmentField = random.nextInt(3) == 0 ? 0 : 0x4000;
                flow.withoutChecksum = flow.udp && random.nextInt(4) == 0;
                flow.reserved = random.nextInt(3) == 0 ? random.nextInt(16) : 0;
                flow.urgent = random.nextInt(3) == 0 ? random.nextInt(65_536) : 0;
                flow.options = new byte[random.nextInt(4) * 4];
                random.nextBytes(flow.options);
                flows[i] = flow;
            }
        }

        private int current;

        byte[] next() {
            if (random.nextInt(4) == 0) {
                current = random.nextInt(flows.length);
            }
            TestPacket flow = flows[current];
            int size = random.nextInt(8) == 0 ? random.nextInt(1_400) : 100 + current * 117;
            flow.payload = new byte[size];
            random.nextBytes(flow.payload);
            boolean congested = !flow.udp && current % 3 == 0;
            flow.flags = IpPacket.ACK | (congested ? IpPacket.ECE : 0) | (random.nextInt(10) == 0 ? IpPacket.PSH : 0);
            TestPacket packet = odd(flow);
            byte[] bytes = packet.bytes();
            if (random.nextInt(40) == 0) {
                foldTheOtherWay(bytes);
            }
            flow.sequence += size;
            flow.id = flow.id + steps[current] & 0xffff;
            return bytes;
        }

        /// The next packet of a flow, now and then with something that is not like the others, for itself or
        /// from now on.
        private TestPacket odd(TestPacket flow) {
            TestPacket packet = flow.unchanged();
            switch (random.nextInt(80)) {
                case 0 -> packet.damaged = flow.payload.length > 0;
                case 1 -> packet.damagedHeader = true;
                case 2 -> packet.fragmentField = 0x2000;
                case 3 -> packet.fragmentField |= 0x8000;
                case 4 -> packet.id = random.nextInt(65_536);
                case 5 -> packet.withoutChecksum = true;
                case 6 -> packet.ipOptions = new byte[] {1, 1, 1, 1};
                case 7 -> packet.flags |= random.nextInt(256);
                case 8 -> packet.reserved ^= 1 + random.nextInt(15);
                case 9 -> packet.urgent++;
                case 10 -> packet.window++;
                case 11 -> packet.service = random.nextInt(256);
                case 12 -> flow.acknowledged++;
                case 13 -> flow.sequence++;
                case 14 -> flow.hopLimit = 1 + random.nextInt(255);
                case 15 -> flow.service = random.nextInt(256);
                case 16 -> flow.window = random.nextInt(65_536);
                case 17 -> flow.id += random.nextInt(9);
                case 18 -> flow.fragmentField ^= 0x4000;
                case 19 -> flow.flowLabel = flow.ipv6 ? random.nextInt(1 << 20) : 0;
                case 20 -> random.nextBytes(flow.options);
                default -> {}
            }
            return packet;
        }

        /// Whatever checksum is zero gets its other form, which is as right.
        private void foldTheOtherWay(byte[] packet) {
            int at = TestPacket.checksumAt(packet);
            boolean udp = packet[packet[0] >>> 4 == 6 ? 6 : 9] == 17;
            if (!udp && at + 4 + 22 <= packet.length) {
                // The payload is chosen so that the checksum is zero.
                int place = packet.length - 2 & ~1;
                Bytes.put16(packet, place, 0);
                Bytes.put16(packet, at, 0);
                Bytes.put16(packet, place, ~TestPacket.transportSum(packet));
                Bytes.put16(packet, at, random.nextBoolean() ? 0xffff : 0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aReceiverSeesTheSameWithAndWithoutJoining(long seed) {
        List<byte[]> joined = new ArrayList<>();
        List<byte[]> single = new ArrayList<>();
        Merger<RuntimeException> on = new Merger<>(collecting(joined), new MergeRules(true, true, true, true), _ -> {});
        Merger<RuntimeException> off = new Merger<>(collecting(single), MergeRules.none(true), _ -> {});
        Stream stream = new Stream(seed);
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            byte[] packet = stream.next();
            if (random.nextInt(20) == 0) {
                int at = on.begin(packet.length);
                random.nextBytes(packet);
                System.arraycopy(packet, 0, on.array(), at, packet.length);
                on.abandon();
                continue;
            }
            MergerTest.deliver(on, packet);
            MergerTest.deliver(off, packet);
            if (random.nextInt(64) == 0) {
                on.flush();
            }
        }
        on.flush();
        off.flush();
        assertThat(on.state().joined(true)).as("TCP joined").isGreaterThan(300);
        assertThat(single.size()).isGreaterThan(4_000);
        assertThat(joined.size()).as("writes").isLessThan(single.size() * 7 / 8);
        Map<String, List<String>> expected = seen(single);
        Map<String, List<String>> found = seen(joined);
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach((flow, packets) -> {
            List<String> ours = found.getOrDefault(flow, List.of());
            assertThat(ours).as(flow).hasSameSizeAs(packets);
            for (int i = 0; i < packets.size(); i++) {
                assertThat(ours.get(i)).as("%s, packet %d", flow, i).isEqualTo(packets.get(i));
            }
        });
    }

    private static PacketOutput<RuntimeException> collecting(List<byte[]> into) {
        return (from, offset, length) -> into.add(Arrays.copyOfRange(from, offset, offset + length));
    }

    @ParameterizedTest
    @ValueSource(ints = {VirtioHeader.GSO_TCPV4, VirtioHeader.GSO_TCPV6, VirtioHeader.GSO_UDP_L4})
    void whatWasCutIsJoinedToTheSameBytes(int type) {
        byte[] text = TestPacket.text(64 * 1_001 - 500, type);
        TestPacket large = TestPacket.tcp(type == VirtioHeader.GSO_TCPV6, 9, text);
        large.udp = type == VirtioHeader.GSO_UDP_L4;
        byte[] framed = large.framedForCard(type, 1_001);
        List<byte[]> writes = new ArrayList<>();
        Merger<RuntimeException> merger =
                new Merger<>(collecting(writes), new MergeRules(true, true, true, true), _ -> {});
        for (byte[] segment : SegmenterTest.cut(new Segmenter(true), framed)) {
            MergerTest.deliver(merger, segment);
        }
        merger.flush();
        assertThat(writes).containsExactly(framed);
    }

    @Test
    void nothingIsAllocatedPerPacket() {
        byte[] framed =
                TestPacket.tcp(false, 9, TestPacket.text(30_000, 1)).framedForCard(VirtioHeader.GSO_TCPV4, 1_000);
        byte[] buffer = new byte[framed.length + 16];
        Segmenter segmenter = new Segmenter(true);
        Merger<RuntimeException> merger =
                new Merger<>((_, _, length) -> length > 0, new MergeRules(true, true, true, true), _ -> {});
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int round = 0; round < 4_000; round++) {
            if (round == 1_000) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            System.arraycopy(framed, 0, buffer, 0, framed.length);
            for (boolean more = segmenter.start(buffer, 0, framed.length); more; more = segmenter.next()) {
                segmenter.pad(segmenter.length() + 8);
                int at = merger.begin(segmenter.length());
                System.arraycopy(buffer, segmenter.offset(), merger.array(), at, segmenter.length());
                merger.commit(segmenter.length());
            }
            merger.flush();
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(merger.state().joined(true)).isEqualTo(4_000 * 30L);
        // The measurement itself costs a few bytes; 90,000 packets would cost millions.
        assertThat(allocated).isLessThan(10_000);
    }
}
