// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmenterTest {
    private final Segmenter segmenter = new Segmenter(true);

    /// What a TX thread would seal: each segment copied out before the next is made.
    static List<byte[]> cut(Segmenter segmenter, byte[] framed) {
        // Somewhere in a larger buffer, so that offsets count.
        byte[] buffer = new byte[framed.length + 40];
        Arrays.fill(buffer, (byte) 0x5a);
        System.arraycopy(framed, 0, buffer, 7, framed.length);
        List<byte[]> segments = new ArrayList<>();
        for (boolean more = segmenter.start(buffer, 7, framed.length); more; more = segmenter.next()) {
            int padded = segmenter.length() + 15;
            segmenter.pad(padded);
            byte[] whole = Arrays.copyOfRange(buffer, segmenter.offset(), segmenter.offset() + padded);
            assertThat(Arrays.copyOfRange(whole, segmenter.length(), padded)).containsOnly(0);
            segments.add(Arrays.copyOf(whole, segmenter.length()));
        }
        return segments;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tcpIsCutAsACardWould(boolean ipv6) {
        byte[] text = TestPacket.text(250, 1);
        TestPacket large = TestPacket.tcp(ipv6, 0xffff_ffc0, text);
        large.id = 0xffff;
        large.service = 0x03;
        large.flags = IpPacket.ACK | IpPacket.PSH | IpPacket.FIN | IpPacket.CWR;
        large.options = new byte[] {1, 1, 8, 10, 1, 2, 3, 4, 5, 6, 7, 8};
        int type = ipv6 ? VirtioHeader.GSO_TCPV6 : VirtioHeader.GSO_TCPV4;

        List<byte[]> segments = cut(segmenter, large.framedForCard(type | VirtioHeader.GSO_ECN, 100));

        List<byte[]> expected = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            TestPacket part = TestPacket.tcp(
                    ipv6, large.sequence + i * 100, TestPacket.slice(text, i * 100, Math.min(250, i * 100 + 100)));
            part.id = large.id + i;
            part.service = large.service;
            part.options = large.options;
            part.flags = IpPacket.ACK | (i == 0 ? IpPacket.CWR : 0) | (i == 2 ? IpPacket.PSH | IpPacket.FIN : 0);
            expected.add(part.bytes());
        }
        assertThat(segments).containsExactlyElementsOf(expected);
        assertThat(segments).allMatch(TestPacket::isSound);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void udpIsCutIntoDatagrams(boolean ipv6) {
        byte[] text = TestPacket.text(201, 2);
        TestPacket large = TestPacket.udp(ipv6, text);

        List<byte[]> segments = cut(segmenter, large.framedForCard(VirtioHeader.GSO_UDP_L4, 67));

        List<byte[]> expected = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            TestPacket part = TestPacket.udp(ipv6, TestPacket.slice(text, i * 67, i * 67 + 67));
            part.id = large.id + i;
            expected.add(part.bytes());
        }
        assertThat(segments).containsExactlyElementsOf(expected);
        assertThat(segmenter.segments()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMissingChecksumIsCompleted(boolean udp) {
        for (boolean ipv6 : new boolean[] {false, true}) {
            TestPacket packet = TestPacket.tcp(ipv6, 1, TestPacket.text(33, 3));
            packet.udp = udp;
            byte[] framed = packet.framedForCard(VirtioHeader.GSO_NONE, 0);
            assertThat(cut(segmenter, framed)).containsExactly(packet.bytes());
        }
    }

    @Test
    void anUdpChecksumThatComesOutAsZeroIsWrittenAsOnes() {
        TestPacket packet = TestPacket.udp(false, new byte[2]);
        int sum = TestPacket.transportSum(withZeroChecksum(packet.bytes()));
        packet.payload = new byte[] {(byte) (~sum >>> 8), (byte) ~sum};
        byte[] segment =
                cut(segmenter, packet.framedForCard(VirtioHeader.GSO_NONE, 0)).getFirst();
        assertThat(Bytes.u16(segment, 26)).isEqualTo(0xffff);
        assertThat(TestPacket.isSound(segment)).isTrue();
    }

    private static byte[] withZeroChecksum(byte[] packet) {
        Bytes.put16(packet, TestPacket.checksumAt(packet), 0);
        return packet;
    }

    @Test
    void whatIsCompleteAlreadyPassesUntouched() {
        TestPacket packet = TestPacket.tcp(false, 1, TestPacket.text(20, 4));
        packet.damaged = true;
        assertThat(cut(segmenter, packet.framed())).containsExactly(packet.bytes());
        assertThat(cut(new Segmenter(false), packet.bytes())).containsExactly(packet.bytes());
    }

    @Test
    void theHeaderLengthOfTheVirtioHeaderIsNotTrusted() {
        TestPacket large = TestPacket.tcp(false, 1, TestPacket.text(300, 5));
        byte[] framed = large.framedForCard(VirtioHeader.GSO_TCPV4, 100);
        Bytes.putNative16(framed, 2, 300);
        assertThat(cut(segmenter, framed)).hasSize(3).allMatch(TestPacket::isSound);
    }

    @Test
    void aLargePacketWithoutTheChecksumFlagIsCutToo() {
        TestPacket large = TestPacket.tcp(true, 1, TestPacket.text(300, 6));
        byte[] framed = large.framedForCard(VirtioHeader.GSO_TCPV6, 100);
        framed[0] = 0;
        Bytes.putNative16(framed, 6, 0);
        Bytes.putNative16(framed, 8, 0);
        assertThat(cut(segmenter, framed)).hasSize(3).allMatch(TestPacket::isSound);
    }

    /// What stands between the IP header and the transport's, or in the IP header, so that other addresses
    /// count than those in the packet.
    ///
    /// @param next the first extension header's protocol
    /// @param bytes of extension headers or IPv4 options
    /// @param movesSource whether the source in the packet is not the one that counts, and not the
    ///     destination
    @SuppressWarnings("ArrayRecordComponent")
    record Detour(String name, boolean ipv6, int next, byte[] bytes, boolean movesSource) {
        /// In the place of the address that counts.
        static final int HOP = 0x0afefefe;

        static Detour of(String name, boolean ipv6, int next, int length, boolean movesSource, int... first) {
            byte[] bytes = new byte[length];
            for (int i = 0; i < first.length; i++) {
                bytes[i] = (byte) first[i];
            }
            return new Detour(name, ipv6, next, bytes, movesSource);
        }

        /// The packet as it is on the wire.
        byte[] put(byte[] plain) {
            int ip = ipv6 ? 40 : 20;
            byte[] packet = new byte[plain.length + bytes.length];
            System.arraycopy(plain, 0, packet, 0, ip);
            System.arraycopy(bytes, 0, packet, ip, bytes.length);
            System.arraycopy(plain, ip, packet, ip + bytes.length, plain.length - ip);
            if (ipv6) {
                packet[ip] = packet[6];
                packet[6] = (byte) next;
                Bytes.put16(packet, 4, packet.length - 40);
            } else {
                packet[0] = (byte) (0x45 + bytes.length / 4);
                Bytes.put16(packet, 2, packet.length);
            }
            Bytes.put32(packet, ipv6 ? movesSource ? 20 : 36 : movesSource ? 12 : 16, HOP);
            if (!ipv6) {
                Bytes.put16(packet, 10, 0);
                Bytes.put16(packet, 10, ~TestPacket.slowSum(packet, 0, ip + bytes.length, 0));
            }
            return packet;
        }

        /// A packet as the kernel hands it over.
        byte[] frame(TestPacket whole, int gsoType, int gsoSize) {
            byte[] plain = whole.framedForCard(gsoType, gsoSize);
            byte[] framed = TestPacket.framed(put(Arrays.copyOfRange(plain, 10, plain.length)));
            int start = (ipv6 ? 40 : 20) + bytes.length;
            VirtioHeader.write(framed, 0, gsoType, start + (whole.udp ? 8 : 20), gsoSize, start, whole.udp ? 6 : 16);
            return framed;
        }

        /// A packet one router later.
        byte[] forwarded(byte[] packet) {
            packet[ipv6 ? 7 : 8]--;
            if (!ipv6) {
                Bytes.put16(packet, 10, 0);
                Bytes.put16(packet, 10, ~TestPacket.slowSum(packet, 0, 20 + bytes.length, 0));
            }
            return packet;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Detour> detours() {
        return Stream.of(
                Detour.of("destination options", true, 60, 8, false, 6, 0, 1, 4),
                Detour.of("an SRv6 header of one segment", true, 43, 24, false, 6, 2, 4, 1),
                Detour.of("the longest routing header", true, 43, 2_048, false, 6, 255, 4, 127),
                Detour.of("a home address", true, 60, 24, true, 6, 2, 1, 2, 0, 0, 201, 16),
                Detour.of("a source route", false, 0, 8, false, 0x83, 7, 4, 10, 1, 2, 3, 0));
    }

    /// The checksums cover the addresses that count, whose sum the kernel has put into the checksum field.
    @ParameterizedTest
    @MethodSource("detours")
    void theKernelsOwnSumIsWhereTheChecksumStarts(Detour detour) {
        for (boolean udp : new boolean[] {false, true}) {
            for (int size : new int[] {0, 100}) {
                byte[] text = TestPacket.text(size == 0 ? 60 : 250, 7);
                TestPacket whole = TestPacket.tcp(detour.ipv6, 1, text);
                whole.udp = udp;
                int type = size == 0
                        ? VirtioHeader.GSO_NONE
                        : udp ? VirtioHeader.GSO_UDP_L4 : detour.ipv6 ? VirtioHeader.GSO_TCPV6 : VirtioHeader.GSO_TCPV4;
                byte[] framed = detour.frame(whole, type, size);

                List<byte[]> expected = new ArrayList<>();
                int step = size == 0 ? text.length : size;
                for (int at = 0, i = 0; at < text.length; at += step, i++) {
                    TestPacket part = whole.unchanged().at(i);
                    part.sequence += at;
                    part.payload = TestPacket.slice(text, at, Math.min(text.length, at + step));
                    expected.add(detour.put(part.bytes()));
                }
                assertThat(cut(segmenter, framed)).containsExactlyElementsOf(expected);
            }
        }
    }

    /// The same as the kernel's. With another form of the checksum, joined and cut packets would differ from
    /// the originals.
    @Test
    void aTcpChecksumOfZeroIsWrittenAsZeroWhereSegmentsAreCut() {
        TestPacket large = TestPacket.tcp(false, 1, new byte[200]);
        TestPacket first = large.unchanged();
        first.payload = new byte[100];
        int sum = ~Bytes.u16(first.bytes(), 36) & 0xffff;
        large.payload[0] = (byte) (~sum >>> 8);
        large.payload[1] = (byte) ~sum;
        byte[] segment =
                cut(segmenter, large.framedForCard(VirtioHeader.GSO_TCPV4, 100)).getFirst();
        assertThat(Bytes.u16(segment, 36)).isZero();
        assertThat(TestPacket.isSound(segment)).isTrue();
    }

    static Stream<Named> contradictions() {
        return Stream.of(
                new Named("no type of this version", f -> f[1] = VirtioHeader.GSO_TCPV6),
                new Named("an unknown type", f -> f[1] = 3),
                new Named("no segment size", f -> Bytes.putNative16(f, 4, 0)),
                new Named("a checksum start inside the IP header", f -> Bytes.putNative16(f, 6, 16)),
                new Named("a checksum start behind the IPv4 header", f -> Bytes.putNative16(f, 6, 24)),
                new Named("a checksum field elsewhere", f -> Bytes.putNative16(f, 8, 6)),
                new Named("a protocol that is not TCP", f -> f[10 + 9] = 17),
                new Named("TCP's header too short", f -> f[10 + 20 + 12] = 0x40),
                new Named("an IPv4 header too short", f -> f[10] = 0x44),
                new Named("neither IPv4 nor IPv6", f -> f[10] = 0x55));
    }

    record Named(String name, Consumer<byte[]> change) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void aHeaderThatContradictsThePacketDropsIt(Named contradiction) {
        byte[] framed = TestPacket.tcp(false, 1, TestPacket.text(200, 8)).framedForCard(VirtioHeader.GSO_TCPV4, 100);
        assertThat(cut(segmenter, framed.clone())).hasSize(2);
        contradiction.change.accept(framed);
        assertThat(cut(segmenter, framed)).isEmpty();
        assertThat(segmenter.malformed()).isEqualTo(1);
        assertThat(segmenter.segments()).isZero();
    }

    @Test
    void whateverIsReadNothingIsThrown() {
        Random random = new Random(9);
        byte[] sample = TestPacket.tcp(false, 1, TestPacket.text(120, 9)).framedForCard(VirtioHeader.GSO_TCPV4, 50);
        byte[] sample6 = TestPacket.udp(true, TestPacket.text(120, 9)).framedForCard(VirtioHeader.GSO_UDP_L4, 50);
        int cutWell = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] framed = (i % 2 == 0 ? sample : sample6).clone();
            for (int flips = random.nextInt(6); flips >= 0; flips--) {
                int reach = random.nextInt(3) == 0 ? framed.length : 60;
                framed[random.nextInt(reach)] = (byte) random.nextInt();
            }
            byte[] buffer = new byte[framed.length + 16];
            System.arraycopy(framed, 0, buffer, 0, framed.length);
            int length = random.nextInt(4) == 0 ? random.nextInt(framed.length + 1) : framed.length;
            for (boolean more = segmenter.start(buffer, 0, length); more; more = segmenter.next()) {
                assertThat(segmenter.length()).isPositive();
                assertThat(segmenter.offset() + segmenter.length()).isLessThanOrEqualTo(length);
                segmenter.pad(segmenter.length() + 15);
                cutWell++;
            }
        }
        assertThat(cutWell).isGreaterThan(10_000);
        assertThat(segmenter.malformed()).isGreaterThan(10_000);
    }
}
