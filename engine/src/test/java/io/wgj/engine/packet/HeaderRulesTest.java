// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// One rule a test, for each kind of packet: which header fields keep two packets from being joined, what
/// closes a run, and what each segment of a large packet carries (docs/cases.md B.7).
class HeaderRulesTest {
    private static final int SIZE = 60;

    private final List<byte[]> writes = new ArrayList<>();
    private final Merger<RuntimeException> merger = merger(new MergeRules(true, true, true, true));

    private Merger<RuntimeException> merger(MergeRules rules) {
        return new Merger<>(
                (from, offset, length) -> writes.add(Arrays.copyOfRange(from, offset, offset + length)),
                rules,
                _ -> {});
    }

    enum Kind {
        TCP4(false, false),
        TCP6(true, false),
        UDP4(false, true),
        UDP6(true, true);

        final boolean ipv6;
        final boolean udp;

        Kind(boolean ipv6, boolean udp) {
            this.ipv6 = ipv6;
            this.udp = udp;
        }

        /// The one at this place of a stream.
        TestPacket packet(int index, int size) {
            TestPacket packet = TestPacket.tcp(ipv6, 1_000 + index * SIZE, TestPacket.text(size, index));
            packet.udp = udp;
            packet.id += index;
            packet.service = 0x28;
            packet.flowLabel = ipv6 ? 0x12345 : 0;
            return packet;
        }

        TestPacket packet(int index) {
            return packet(index, SIZE);
        }
    }

    record Difference(String name, Consumer<TestPacket> change) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> differences() {
        List<Arguments> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            add(all, kind, "the source address", p -> p.source++);
            add(all, kind, "the destination address", p -> p.destination++);
            add(all, kind, "the source port", p -> p.sourcePort++);
            add(all, kind, "the destination port", p -> p.destinationPort++);
            add(all, kind, "TTL or hop limit", p -> p.hopLimit--);
            add(all, kind, "DSCP", p -> p.service ^= 0x04);
            add(all, kind, "ECN: congestion experienced", p -> p.service |= 0x03);
            add(all, kind, "more payload than the first", p -> p.payload = TestPacket.text(SIZE + 1, 1));
            add(all, kind, "no payload", p -> p.payload = new byte[0]);
            add(all, kind, "a checksum that is wrong", p -> p.damaged = true);
            if (kind.ipv6) {
                add(all, kind, "the flow label", p -> p.flowLabel++);
            } else {
                add(all, kind, "DF", p -> p.fragmentField = 0);
                add(all, kind, "the reserved bit", p -> p.fragmentField |= 0x8000);
                add(all, kind, "the same identification", p -> p.id--);
                add(all, kind, "an identification left out", p -> p.id++);
                add(all, kind, "a header checksum that is wrong", p -> p.damagedHeader = true);
                add(all, kind, "the first fragment", p -> p.fragmentField = 0x2000);
                add(all, kind, "a later fragment", p -> p.fragmentField = 0x2008);
                add(all, kind, "the last fragment", p -> p.fragmentField = 0x0010);
                add(all, kind, "IPv4 options", p -> p.ipOptions = new byte[] {1, 1, 1, 0});
            }
            if (kind.udp) {
                add(all, kind, "no checksum", p -> p.withoutChecksum = true);
            } else {
                add(all, kind, "a gap", p -> p.sequence++);
                add(all, kind, "a repetition", p -> p.sequence -= SIZE);
                add(all, kind, "the acknowledged number", p -> p.acknowledged++);
                add(all, kind, "the window", p -> p.window++);
                add(all, kind, "FIN", p -> p.flags |= IpPacket.FIN);
                add(all, kind, "SYN", p -> p.flags |= 0x02);
                add(all, kind, "RST", p -> p.flags |= 0x04);
                add(all, kind, "URG", p -> p.flags |= 0x20);
                add(all, kind, "ECE", p -> p.flags |= 0x40);
                add(all, kind, "CWR", p -> p.flags |= IpPacket.CWR);
                add(all, kind, "no ACK", p -> p.flags = 0);
                add(all, kind, "AE", p -> p.reserved = 1);
                add(all, kind, "a reserved bit", p -> p.reserved = 8);
                add(all, kind, "the urgent pointer", p -> p.urgent = 1);
                add(all, kind, "options where there were none", p -> p.options = new byte[] {1, 1, 1, 1});
            }
        }
        return all.stream();
    }

    private static void add(List<Arguments> all, Kind kind, String name, Consumer<TestPacket> change) {
        all.add(Arguments.of(kind, new Difference(name, change)));
    }

    /// Both leave as they came.
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("differences")
    void whatDiffersIsNotJoined(Kind kind, Difference difference) {
        TestPacket second = kind.packet(1);
        deliver(kind.packet(0), second.unchanged());
        merger.flush();
        assertThat(writes).as("without the difference").hasSize(1);

        writes.clear();
        difference.change.accept(second);
        deliver(kind.packet(0), second);
        merger.flush();
        assertThat(writes).containsExactlyInAnyOrder(kind.packet(0).framed(), second.framed());
    }

    private void deliver(TestPacket... packets) {
        for (TestPacket packet : packets) {
            MergerTest.deliver(merger, packet.bytes());
        }
    }

    /// The virtio-net header of a joined packet, byte by byte.
    @ParameterizedTest
    @EnumSource
    void aJoinedPacketHasTheFirstOnesFieldsAndAHeaderForACard(Kind kind) {
        TestPacket whole = kind.packet(0, 2 * SIZE + 7);
        byte[] text = whole.payload;
        TestPacket last = kind.packet(2);
        last.payload = TestPacket.slice(text, 2 * SIZE, text.length);
        TestPacket first = kind.packet(0);
        first.payload = TestPacket.slice(text, 0, SIZE);
        TestPacket second = kind.packet(1);
        second.payload = TestPacket.slice(text, SIZE, 2 * SIZE);
        deliver(first, second, last);
        int type = kind.udp ? VirtioHeader.GSO_UDP_L4 : kind.ipv6 ? VirtioHeader.GSO_TCPV6 : VirtioHeader.GSO_TCPV4;
        assertThat(writes).as("the shorter one is the last").containsExactly(whole.framedForCard(type, SIZE));
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP4", "TCP6"})
    void aPushClosesARunAndNeverOpensOne(Kind kind) {
        TestPacket pushes = kind.packet(0);
        pushes.flags |= IpPacket.PSH;
        deliver(pushes);
        assertThat(writes).containsExactly(pushes.framed());

        writes.clear();
        TestPacket closes = kind.packet(1);
        closes.flags |= IpPacket.PSH;
        deliver(kind.packet(0), closes);
        assertThat(writes).hasSize(1);
        byte[] joined = Arrays.copyOfRange(writes.getFirst(), VirtioHeader.SIZE, writes.getFirst().length);
        assertThat(IpPacket.tcpFlags(joined, kind.ipv6 ? 40 : 20)).isEqualTo(IpPacket.ACK | IpPacket.PSH);
        deliver(kind.packet(2));
        assertThat(writes).hasSize(1);
    }

    /// 46 of these fit, be the headers 28 bytes or 60.
    @ParameterizedTest
    @EnumSource
    void noJoinedPacketIsLongerThan65535(Kind kind) {
        int size = 1_400;
        for (int i = 0; i < 50; i++) {
            TestPacket packet = kind.packet(0, size).at(i);
            packet.sequence = i * size;
            deliver(packet);
        }
        int headers = kind.packet(0).headerLength();
        int most = (65_535 - headers) / size;
        assertThat(writes).extracting(write -> write.length).containsExactly(VirtioHeader.SIZE + headers + most * size);
        merger.flush();
        assertThat(writes).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsHeldPastABatch(Kind kind) {
        for (int i = 0; i < 3; i++) {
            deliver(kind.packet(i));
            merger.flush();
            assertThat(writes).hasSize(i + 1);
            assertThat(writes.get(i)).isEqualTo(kind.packet(i).framed());
        }
    }

    @ParameterizedTest
    @EnumSource
    void eightFlowsGrowAtTheSameTime(Kind kind) {
        for (int i = 0; i < 4; i++) {
            for (int flow = 0; flow < 8; flow++) {
                TestPacket packet = kind.packet(i);
                packet.sourcePort = 4_000 + flow;
                deliver(packet);
            }
        }
        assertThat(writes).isEmpty();
        merger.flush();
        assertThat(writes).hasSize(8);
        assertThat(merger.state().joined(!kind.udp)).isEqualTo(32);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 43, 44, 60})
    void ipv6WithExtensionHeadersIsLeftAlone(int extension) {
        byte[] packet = Kind.TCP6.packet(0).bytes();
        packet[6] = (byte) extension;
        MergerTest.deliver(merger, packet);
        MergerTest.deliver(merger, packet);
        assertThat(writes).containsExactly(TestPacket.framed(packet), TestPacket.framed(packet));
    }

    @ParameterizedTest
    @EnumSource(names = {"UDP4", "UDP6"})
    void aDatagramWhoseLengthIsNotThePacketsIsLeftAlone(Kind kind) {
        byte[] packet = kind.packet(0).bytes();
        int length = kind.ipv6 ? 44 : 24;
        Bytes.put16(packet, length, Bytes.u16(packet, length) - 1);
        MergerTest.deliver(merger, packet);
        MergerTest.deliver(merger, packet);
        merger.flush();
        assertThat(writes).containsExactly(TestPacket.framed(packet), TestPacket.framed(packet));
    }

    @Test
    void eachProtocolIsJoinedOnlyWhereItMayBe() {
        Merger<RuntimeException> tcpOnly = merger(new MergeRules(true, true, false, true));
        Merger<RuntimeException> udpOnly = merger(new MergeRules(true, false, true, true));
        for (Kind kind : Kind.values()) {
            for (int i = 0; i < 2; i++) {
                MergerTest.deliver(tcpOnly, kind.packet(i).bytes());
                MergerTest.deliver(udpOnly, kind.packet(i).bytes());
            }
        }
        tcpOnly.flush();
        udpOnly.flush();
        assertThat(tcpOnly.state().joined(true)).isEqualTo(4);
        assertThat(tcpOnly.state().joined(false)).isZero();
        assertThat(udpOnly.state().joined(false)).isEqualTo(4);
        assertThat(udpOnly.state().joined(true)).isZero();
    }

    /// Everything but lengths, identification, sequence, flags and checksums is the same in each.
    @ParameterizedTest
    @EnumSource
    void eachSegmentCarriesTheFieldsOfTheLargePacket(Kind kind) {
        for (int fragmentField : kind.ipv6 ? new int[] {0} : new int[] {0, 0x4000}) {
            TestPacket whole = kind.packet(0, 3 * SIZE + 1);
            whole.service = 0x03;
            whole.hopLimit = 3;
            whole.fragmentField = fragmentField;
            whole.id = 0xfffe;
            whole.window = 4_711;
            whole.acknowledged = 0x89abcdef;
            whole.flags = IpPacket.ACK | 0x40 | IpPacket.FIN | IpPacket.PSH | IpPacket.CWR;
            int type = kind.udp ? VirtioHeader.GSO_UDP_L4 : kind.ipv6 ? VirtioHeader.GSO_TCPV6 : VirtioHeader.GSO_TCPV4;
            List<byte[]> segments = SegmenterTest.cut(new Segmenter(true), whole.framedForCard(type, SIZE));

            List<byte[]> expected = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                TestPacket part = whole.unchanged();
                part.payload = TestPacket.slice(whole.payload, i * SIZE, Math.min(3 * SIZE + 1, i * SIZE + SIZE));
                part.id = whole.id + i & 0xffff;
                part.sequence = whole.sequence + i * SIZE;
                part.flags =
                        IpPacket.ACK | 0x40 | (i == 0 ? IpPacket.CWR : 0) | (i == 3 ? IpPacket.FIN | IpPacket.PSH : 0);
                expected.add(part.bytes());
            }
            assertThat(segments).containsExactlyElementsOf(expected);
        }
    }
}
