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
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MergerTest {
    private final List<byte[]> writes = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private boolean refuses;
    private Merger<RuntimeException> merger = merger(new MergeRules(true, true, true, true));

    private Merger<RuntimeException> merger(MergeRules rules) {
        return new Merger<>(this::write, rules, notices::add);
    }

    private boolean write(byte[] from, int offset, int length) {
        if (refuses && from[offset + 1] != 0) {
            return false;
        }
        writes.add(Arrays.copyOfRange(from, offset, offset + length));
        return true;
    }

    /// As RX does: decrypted, with padding behind it.
    static <X extends Exception> void deliver(Merger<X> merger, byte[] packet) throws X {
        int padded = packet.length + 15 & ~15;
        int at = merger.begin(padded);
        Arrays.fill(merger.array(), at, at + padded, (byte) 0);
        System.arraycopy(packet, 0, merger.array(), at, packet.length);
        merger.commit(IpPacket.length(merger.array(), at, padded));
    }

    private void deliver(TestPacket... packets) {
        for (TestPacket packet : packets) {
            deliver(merger, packet.bytes());
        }
    }

    private static TestPacket segment(int index) {
        return TestPacket.tcp(false, 100 + index * 50, TestPacket.text(50, index))
                .at(index);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tcpSegmentsInARowBecomeOnePacket(boolean ipv6) {
        byte[] text = TestPacket.text(250, 1);
        for (int i = 0; i < 3; i++) {
            TestPacket part =
                    TestPacket.tcp(ipv6, i * 100 - 120, TestPacket.slice(text, i * 100, Math.min(250, i * 100 + 100)));
            part.id += i;
            part.options = new byte[] {1, 1, 8, 10, 1, 2, 3, 4, 5, 6, 7, 8};
            part.flags = IpPacket.ACK | (i == 2 ? IpPacket.PSH : 0);
            deliver(part);
        }
        // The push ends it, before the batch does.
        TestPacket whole = TestPacket.tcp(ipv6, -120, text);
        whole.options = new byte[] {1, 1, 8, 10, 1, 2, 3, 4, 5, 6, 7, 8};
        whole.flags = IpPacket.ACK | IpPacket.PSH;
        int type = ipv6 ? VirtioHeader.GSO_TCPV6 : VirtioHeader.GSO_TCPV4;
        assertThat(writes).containsExactly(whole.framedForCard(type, 100));
        assertThat(merger.state().joined(true)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void udpDatagramsOfOneSizeBecomeOnePacket(boolean ipv6) {
        byte[] text = TestPacket.text(300, 2);
        for (int i = 0; i < 3; i++) {
            deliver(TestPacket.udp(ipv6, TestPacket.slice(text, i * 100, i * 100 + 100))
                    .at(i));
        }
        assertThat(writes).isEmpty();
        merger.flush();
        assertThat(writes).containsExactly(TestPacket.udp(ipv6, text).framedForCard(VirtioHeader.GSO_UDP_L4, 100));
    }

    @Test
    void aLonePacketLeavesUntouched() {
        TestPacket packet = segment(0);
        packet.damaged = true;
        deliver(packet);
        merger.flush();
        assertThat(writes).containsExactly(packet.framed());
        merger.flush();
        assertThat(writes).hasSize(1);
    }

    @Test
    void aShorterSegmentIsTheLast() {
        TestPacket shorter = TestPacket.tcp(false, 150, TestPacket.text(49, 1)).at(1);
        deliver(segment(0), shorter);
        assertThat(writes).hasSize(1);
        deliver(TestPacket.tcp(false, 199, TestPacket.text(50, 2)).at(2));
        assertThat(writes).hasSize(1);
    }

    static Stream<Difference> differences() {
        return Stream.of(
                new Difference("a gap", p -> p.sequence++),
                new Difference("another acknowledgement", p -> p.acknowledged++),
                new Difference("another window", p -> p.window++),
                new Difference("a flag", p -> p.flags |= 0x40),
                new Difference("a reserved bit", p -> p.reserved = 1),
                new Difference("an urgent pointer", p -> p.urgent = 1),
                new Difference("an identification that does not count on", p -> p.id++),
                new Difference("the first one's identification", p -> p.id--),
                new Difference("a reserved bit of IPv4", p -> p.fragmentField |= 0x8000),
                new Difference("a wrong header checksum", p -> p.damagedHeader = true),
                new Difference("a FIN", p -> p.flags |= IpPacket.FIN),
                new Difference("a CWR", p -> p.flags |= IpPacket.CWR),
                new Difference("other options", p -> p.options = new byte[] {1, 1, 1, 0}),
                new Difference("more options", p -> p.options = new byte[8]),
                new Difference("another service", p -> p.service = 2),
                new Difference("another hop limit", p -> p.hopLimit--),
                new Difference("may be fragmented", p -> p.fragmentField = 0),
                new Difference("a fragment", p -> p.fragmentField = 0x2000),
                new Difference("IP options", p -> p.ipOptions = new byte[] {1, 1, 1, 0}),
                new Difference("larger", p -> p.payload = TestPacket.text(51, 1)),
                new Difference("empty", p -> p.payload = new byte[0]),
                new Difference("a wrong checksum", p -> p.damaged = true));
    }

    record Difference(String name, Consumer<TestPacket> change) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("differences")
    void whatDiffersIsNotJoinedAndDoesNotOvertake(Difference difference) {
        TestPacket first = segment(0);
        first.options = new byte[] {1, 1, 1, 1};
        TestPacket second = segment(1);
        second.options = new byte[] {1, 1, 1, 1};
        difference.change.accept(second);
        deliver(first, second);
        merger.flush();
        assertThat(writes).containsExactly(first.framed(), second.framed());
    }

    @Test
    void otherIpv6FlowLabelsAndClassesAreNotJoined() {
        TestPacket label = TestPacket.tcp(true, 150, TestPacket.text(50, 1));
        label.flowLabel = 5;
        TestPacket service = TestPacket.tcp(true, 200, TestPacket.text(50, 1));
        service.service = 1;
        deliver(TestPacket.tcp(true, 100, TestPacket.text(50, 0)), label, service);
        merger.flush();
        assertThat(writes).hasSize(3);
    }

    @Test
    void aDamagedFirstSegmentIsNotJoinedWithASoundOne() {
        TestPacket first = segment(0);
        first.damaged = true;
        deliver(first, segment(1), segment(2));
        merger.flush();
        assertThat(writes).hasSize(2);
        assertThat(writes.getFirst()).isEqualTo(first.framed());
        assertThat(Bytes.native16(writes.get(1), 4)).isEqualTo(50);
    }

    @Test
    void withoutVerifyingADamagedSegmentIsJoined() {
        merger = merger(new MergeRules(true, true, true, false));
        TestPacket second = segment(1);
        second.damaged = true;
        deliver(segment(0), second);
        merger.flush();
        assertThat(writes).hasSize(1);
    }

    /// The kernel would give them one. GRO leaves them alone, too.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void datagramsWithoutAChecksumAreLeftAlone(boolean ipv6) {
        for (boolean verify : new boolean[] {false, true}) {
            writes.clear();
            merger = merger(new MergeRules(true, true, true, verify));
            TestPacket with = TestPacket.udp(ipv6, TestPacket.text(60, 1));
            TestPacket without = TestPacket.udp(ipv6, TestPacket.text(60, 2)).at(1);
            without.withoutChecksum = true;
            TestPacket next = without.unchanged().at(1);
            deliver(with, without, next);
            merger.flush();
            assertThat(writes).containsExactly(with.framed(), without.framed(), next.framed());
        }
    }

    /// What has a wrong or an unusual first packet is not made right by those that follow.
    @Test
    void aFirstPacketThatTheKernelWouldWriteOtherwiseStaysAlone() {
        for (Difference odd : List.of(
                new Difference("a wrong header checksum", p -> p.damagedHeader = true),
                new Difference("a reserved bit of IPv4", p -> p.fragmentField |= 0x8000))) {
            writes.clear();
            TestPacket first = segment(0);
            odd.change.accept(first);
            TestPacket second = segment(1);
            odd.change.accept(second);
            deliver(first, second);
            merger.flush();
            assertThat(writes).as(odd.name).containsExactly(first.framed(), second.framed());
        }
    }

    /// Both forms of a TCP checksum of zero are right, but the kernel writes only one.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTcpChecksumOfOnesIsLeftAlone(boolean first) {
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            TestPacket packet = segment(i);
            packet.payload[0] = packet.payload[1] = 0;
            int sum = ~Bytes.u16(packet.bytes(), 36) & 0xffff;
            packet.payload[0] = (byte) (~sum >>> 8);
            packet.payload[1] = (byte) ~sum;
            packets.add(packet.bytes());
            assertThat(Bytes.u16(packets.get(i), 36)).isZero();
        }
        Bytes.put16(packets.get(first ? 0 : 1), 36, 0xffff);
        packets.forEach(packet -> deliver(merger, packet));
        merger.flush();
        assertThat(writes).containsExactly(TestPacket.framed(packets.get(0)), TestPacket.framed(packets.get(1)));
    }

    /// Every segment carries its congestion flags, and each keeps them.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void segmentsWithEceAndReservedBitsJoinTheirLike(boolean ipv6) {
        byte[] text = TestPacket.text(150, 3);
        List<byte[]> parts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            TestPacket part = TestPacket.tcp(ipv6, 100 + i * 50, TestPacket.slice(text, i * 50, i * 50 + 50))
                    .at(i);
            part.flags |= IpPacket.ECE;
            part.reserved = 1;
            part.urgent = 77;
            parts.add(part.bytes());
            deliver(part);
        }
        merger.flush();
        assertThat(writes).hasSize(1);
        assertThat(SegmenterTest.cut(new Segmenter(true), writes.getFirst())).containsExactlyElementsOf(parts);
    }

    /// Without "don't fragment", too, and past 65,535.
    @Test
    void identificationsThatCountUpAreKept() {
        List<byte[]> parts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            TestPacket part = segment(i);
            part.id = 0xfffe + i & 0xffff;
            part.fragmentField = 0;
            parts.add(part.bytes());
            deliver(part);
        }
        merger.flush();
        assertThat(writes).hasSize(1);
        assertThat(SegmenterTest.cut(new Segmenter(true), writes.getFirst())).containsExactlyElementsOf(parts);
    }

    @Test
    void sixtyFourDatagramsAreTheMost() {
        for (int i = 0; i < 65; i++) {
            deliver(TestPacket.udp(false, TestPacket.text(10, i)).at(i));
        }
        merger.flush();
        assertThat(writes).extracting(write -> write.length).containsExactly(10 + 28 + 640, 10 + 28 + 10);
    }

    @Test
    void noPacketGrowsBeyondWhatItsLengthFieldHolds() {
        for (int i = 0; i < 50; i++) {
            deliver(TestPacket.tcp(false, i * 1_400, TestPacket.text(1_400, i)).at(i));
        }
        merger.flush();
        assertThat(writes).extracting(write -> write.length).containsExactly(10 + 40 + 46 * 1_400, 10 + 40 + 4 * 1_400);
    }

    @Test
    void eightFlowsGrowAtOnceAndANinthEndsTheOldest() {
        for (int round = 0; round < 2; round++) {
            for (int flow = 0; flow < 8; flow++) {
                TestPacket packet = segment(round);
                packet.sourcePort = flow;
                deliver(packet);
            }
        }
        assertThat(writes).isEmpty();
        TestPacket ninth = segment(0);
        ninth.sourcePort = 9;
        deliver(ninth);
        assertThat(writes).hasSize(1);
        assertThat(Bytes.u16(writes.getFirst(), 10 + 20)).isZero();
        merger.flush();
        assertThat(writes).hasSize(9);
        assertThat(merger.state().joined(true)).isEqualTo(16);
    }

    @Test
    void aPacketThatIsAbandonedLeavesNoTrace() {
        deliver(segment(0));
        int at = merger.begin(500);
        Arrays.fill(merger.array(), at, at + 500, (byte) 0xee);
        merger.abandon();
        deliver(segment(1));
        merger.flush();
        byte[] text = Arrays.copyOf(TestPacket.text(50, 0), 100);
        System.arraycopy(TestPacket.text(50, 1), 0, text, 50, 50);
        assertThat(writes).containsExactly(TestPacket.tcp(false, 100, text).framedForCard(VirtioHeader.GSO_TCPV4, 50));
    }

    @Test
    void aPacketWithoutPortsKeepsItsPlace() {
        TestPacket fragment = TestPacket.udp(false, TestPacket.text(50, 1));
        fragment.fragmentField = 0x2001;
        TestPacket elsewhere = TestPacket.udp(false, TestPacket.text(50, 1));
        elsewhere.fragmentField = 0x2001;
        elsewhere.destination++;
        deliver(segment(0), elsewhere, fragment);
        assertThat(writes).containsExactly(elsewhere.framed(), segment(0).framed(), fragment.framed());
    }

    @Test
    void aRefusalSplitsThePacketAndEndsJoiningForItsProtocol() {
        refuses = true;
        deliver(segment(0), segment(1), segment(2));
        merger.flush();
        List<byte[]> expected = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            expected.add(segment(i).framed());
        }
        assertThat(writes).containsExactlyElementsOf(expected);
        assertThat(notices).hasSize(1).first().asString().contains("TCP");
        assertThat(merger.state().refused(true)).isEqualTo(1);

        refuses = false;
        writes.clear();
        deliver(segment(0), segment(1));
        assertThat(writes).containsExactly(segment(0).framed(), segment(1).framed());
        deliver(
                TestPacket.udp(false, new byte[9]),
                TestPacket.udp(false, new byte[9]).at(1));
        merger.flush();
        assertThat(writes).hasSize(3);
    }

    @Test
    void whatOneFindsAllThatWriteToTheSameTunKnow() {
        MergeRules rules = new MergeRules(true, true, true, true);
        MergeState state = new MergeState(rules, notices::add);
        merger = new Merger<>(this::write, rules, state);
        refuses = true;
        deliver(segment(0), segment(1));
        merger.flush();
        merger = new Merger<>(this::write, rules, state);
        writes.clear();
        deliver(segment(0), segment(1));
        assertThat(writes).hasSize(2);
        assertThat(state.refused(true)).isEqualTo(1);
        assertThat(state.refused(false)).isZero();
        assertThat(state.udp()).isTrue();
        assertThat(notices).hasSize(1);
    }

    @Test
    void withoutVirtioHeadersPacketsPassAsTheyAre() {
        merger = merger(new MergeRules(false, true, true, true));
        deliver(segment(0), segment(1));
        assertThat(writes).containsExactly(segment(0).bytes(), segment(1).bytes());
    }
}
