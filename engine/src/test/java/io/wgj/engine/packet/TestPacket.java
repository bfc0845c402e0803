// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.packet;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// One TCP or UDP packet to be written out, whole, its checksums computed the slow way. Fields are changed
/// freely before [#bytes].
final class TestPacket {
    boolean ipv6;
    boolean udp;
    int source = 0x0a000001;
    int destination = 0x0a000002;
    int sourcePort = 1_000;
    int destinationPort = 2_000;
    int service = 0;
    int hopLimit = 64;
    int id = 7;
    int fragmentField = 0x4000;
    int flowLabel = 0;
    int sequence = 100;
    int acknowledged = 55;
    int window = 500;
    /// The four bits in front of the flags, of which the last is AE.
    int reserved;
    int flags = IpPacket.ACK;
    int urgent;
    byte[] options = new byte[0];
    byte[] ipOptions = new byte[0];
    byte[] payload = new byte[0];
    boolean withoutChecksum;
    boolean damaged;
    boolean damagedHeader;

    static TestPacket tcp(boolean ipv6, int sequence, byte[] payload) {
        TestPacket packet = new TestPacket();
        packet.ipv6 = ipv6;
        packet.sequence = sequence;
        packet.payload = payload;
        return packet;
    }

    static TestPacket udp(boolean ipv6, byte[] payload) {
        TestPacket packet = new TestPacket();
        packet.ipv6 = ipv6;
        packet.udp = true;
        packet.payload = payload;
        return packet;
    }

    /// The one at this place of a stream: its identification, which the kernel counts up, is so much higher.
    TestPacket at(int place) {
        id += place;
        return this;
    }

    /// Another one with the same fields.
    TestPacket unchanged() {
        TestPacket copy = new TestPacket();
        copy.ipv6 = ipv6;
        copy.udp = udp;
        copy.source = source;
        copy.destination = destination;
        copy.sourcePort = sourcePort;
        copy.destinationPort = destinationPort;
        copy.service = service;
        copy.hopLimit = hopLimit;
        copy.id = id;
        copy.fragmentField = fragmentField;
        copy.flowLabel = flowLabel;
        copy.sequence = sequence;
        copy.acknowledged = acknowledged;
        copy.window = window;
        copy.reserved = reserved;
        copy.flags = flags;
        copy.urgent = urgent;
        copy.options = options;
        copy.ipOptions = ipOptions;
        copy.payload = payload;
        copy.withoutChecksum = withoutChecksum;
        copy.damaged = damaged;
        copy.damagedHeader = damagedHeader;
        return copy;
    }

    int ipHeaderLength() {
        return ipv6 ? 40 : 20 + ipOptions.length;
    }

    int headerLength() {
        return ipHeaderLength() + (udp ? 8 : 20 + options.length);
    }

    byte[] bytes() {
        int transportLength = headerLength() - ipHeaderLength() + payload.length;
        ByteBuffer out = ByteBuffer.allocate(ipHeaderLength() + transportLength);
        if (ipv6) {
            out.putInt(6 << 28 | service << 20 | flowLabel).putShort((short) transportLength);
            out.put((byte) protocol()).put((byte) hopLimit);
            out.putLong(0xfd00_0000_0000_0000L)
                    .putLong(source)
                    .putLong(0xfd00_0000_0000_0000L)
                    .putLong(destination);
        } else {
            out.put((byte) (0x40 | ipHeaderLength() / 4)).put((byte) service).putShort((short) out.capacity());
            out.putShort((short) id).putShort((short) fragmentField);
            out.put((byte) hopLimit).put((byte) protocol()).putShort((short) 0);
            out.putInt(source).putInt(destination).put(ipOptions);
            int checksum = ~slowSum(out.array(), 0, ipHeaderLength(), 0);
            out.putShort(10, (short) (damagedHeader ? checksum ^ 0x0101 : checksum));
        }
        out.putShort((short) sourcePort).putShort((short) destinationPort);
        if (udp) {
            out.putShort((short) transportLength).putShort((short) 0);
        } else {
            out.putInt(sequence).putInt(acknowledged);
            out.put((byte) ((5 + options.length / 4) << 4 | reserved)).put((byte) flags);
            out.putShort((short) window)
                    .putShort((short) 0)
                    .putShort((short) urgent)
                    .put(options);
        }
        out.put(payload);
        byte[] bytes = out.array();
        if (!withoutChecksum) {
            int checksum = ~transportSum(bytes) & 0xffff;
            out.putShort(checksumAt(bytes), (short) (checksum == 0 && udp ? 0xffff : checksum));
        }
        if (damaged) {
            bytes[bytes.length - 1] ^= 0x40;
        }
        return bytes;
    }

    private int protocol() {
        return udp ? 17 : 6;
    }

    /// The packet behind a zero virtio-net header.
    byte[] framed() {
        return framed(bytes());
    }

    static byte[] framed(byte[] packet) {
        byte[] framed = new byte[10 + packet.length];
        System.arraycopy(packet, 0, framed, 10, packet.length);
        return framed;
    }

    /// The packet as the kernel hands it over: a virtio-net header that wants the checksum completed, and in
    /// its place the pseudo-header's sum.
    byte[] framedForCard(int gsoType, int gsoSize) {
        byte[] packet = bytes();
        int ip = ipHeaderLength();
        ByteBuffer.wrap(packet).putShort(checksumAt(packet), (short) pseudoSum(packet));
        byte[] framed = framed(packet);
        VirtioHeader.write(framed, 0, gsoType, headerLength(), gsoSize, ip, udp ? 6 : 16);
        return framed;
    }

    private static int transportAt(byte[] packet) {
        return packet[0] >>> 4 == 6 ? 40 : (packet[0] & 0xf) * 4;
    }

    static int checksumAt(byte[] packet) {
        boolean udp = packet[packet[0] >>> 4 == 6 ? 6 : 9] == 17;
        return transportAt(packet) + (udp ? 6 : 16);
    }

    /// The sum over pseudo-header and transport; 0xffff when the checksum in it is right.
    static int transportSum(byte[] packet) {
        int transport = transportAt(packet);
        return slowSum(packet, transport, packet.length - transport, pseudoSum(packet));
    }

    private static int pseudoSum(byte[] packet) {
        boolean ipv6 = packet[0] >>> 4 == 6;
        int protocol = packet[ipv6 ? 6 : 9];
        int start = protocol + packet.length - transportAt(packet);
        return ipv6 ? slowSum(packet, 8, 32, start) : slowSum(packet, 12, 8, start);
    }

    /// Whether all checksums in a whole packet are right.
    static boolean isSound(byte[] packet) {
        boolean ip = packet[0] >>> 4 == 6 || slowSum(packet, 0, transportAt(packet), 0) == 0xffff;
        return ip && transportSum(packet) == 0xffff;
    }

    /// RFC 1071, word by word.
    static int slowSum(byte[] bytes, int at, int length, int start) {
        int sum = start;
        for (int i = 0; i < length; i++) {
            sum += (bytes[at + i] & 0xff) << (i % 2 == 0 ? 8 : 0);
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (sum & 0xffff) + (sum >>> 16);
    }

    /// `count` bytes that differ from place to place.
    static byte[] text(int count, int seed) {
        byte[] text = new byte[count];
        for (int i = 0; i < count; i++) {
            text[i] = (byte) (i * 31 + seed * 17 + (i >>> 8));
        }
        return text;
    }

    static byte[] slice(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }
}
