// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.warmup;

import io.wgj.engine.packet.Checksum;
import io.wgj.engine.packet.VirtioHeader;
import java.nio.ByteBuffer;

/// Makes packets from one inner address to another. Each has a virtio-net header, as on a TUN with all
/// offloads: large packets still to be cut, checksums still to be completed.
public final class WarmupPackets {
    public static final int ACK = 0x10;
    static final int PUSH_ACK = 0x18;
    static final int FIN_ACK = 0x11;

    private static final int SEGMENT = 1_368;
    private static final int TCP_HEADER = 32;
    private static final int UDP_HEADER = 8;
    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int HOP_LIMIT = 64;
    private static final int IPV4_HEADER = 20;
    private static final int IPV4_CHECKSUM = 10;

    private final int from;
    private final int to;
    private int sequence;
    /// The identification of the flow's next IPv4 packet. It counts up, or packets are not joined.
    private int tcpIdentification;

    private int udpIdentification;

    /// @param from the sending side's number, 1 or 2
    /// @param to the receiving side's number
    public WarmupPackets(int from, int to) {
        this.from = from;
        this.to = to;
    }

    /// Makes a segment of a stream.
    ///
    /// @return the bytes written to `into`
    public int tcp(byte[] into, boolean ipv6, int payload, int flags) {
        int header = ipHeader(ipv6);
        ByteBuffer packet = ip(into, ipv6, TCP, TCP_HEADER + payload, to, tcpIdentification);
        packet.putShort((short) 5_001).putShort((short) 5_002).putInt(sequence).putInt(1);
        packet.put((byte) (TCP_HEADER << 2)).put((byte) flags).putShort((short) 500);
        // The checksum is still to come, no urgent data; two fillers and a timestamp option.
        packet.putInt(0).putInt(0x0101080a).putLong(1);
        sequence += payload;
        boolean large = payload > SEGMENT;
        tcpIdentification += large ? (payload + SEGMENT - 1) / SEGMENT : 1;
        int type = !large ? VirtioHeader.GSO_NONE : ipv6 ? VirtioHeader.GSO_TCPV6 : VirtioHeader.GSO_TCPV4;
        VirtioHeader.write(into, 0, type, header + TCP_HEADER, large ? SEGMENT : 0, header, 16);
        return withChecksum(into, ipv6, TCP, TCP_HEADER + payload, 16);
    }

    /// Makes a datagram.
    ///
    /// @return as [#tcp]
    int udp(byte[] into, boolean ipv6, int payload) {
        int header = ipHeader(ipv6);
        ByteBuffer packet = ip(into, ipv6, UDP, UDP_HEADER + payload, to, udpIdentification);
        packet.putShort((short) 5_001).putShort((short) 5_002);
        packet.putShort((short) (UDP_HEADER + payload)).putShort((short) 0);
        udpIdentification++;
        VirtioHeader.write(into, 0, VirtioHeader.GSO_NONE, header + UDP_HEADER, 0, header, 6);
        return withChecksum(into, ipv6, UDP, UDP_HEADER + payload, 6);
    }

    /// Makes a packet that is neither, complete, to another address behind the same side.
    ///
    /// @return as [#tcp]
    int other(byte[] into, boolean ipv6, int payload) {
        ip(into, ipv6, ICMP, payload, to + 2, 0);
        VirtioHeader.clear(into, 0);
        return VirtioHeader.SIZE + ipHeader(ipv6) + payload;
    }

    private static int ipHeader(boolean ipv6) {
        return ipv6 ? 40 : IPV4_HEADER;
    }

    private ByteBuffer ip(byte[] into, boolean ipv6, int protocol, int length, int destination, int identification) {
        ByteBuffer packet = ByteBuffer.wrap(into, VirtioHeader.SIZE, ipHeader(ipv6) + length);
        if (ipv6) {
            packet.putInt(0x6000_0000)
                    .putShort((short) length)
                    .put((byte) protocol)
                    .put((byte) HOP_LIMIT);
            return packet.putLong(Warmup.PREFIX6)
                    .putLong(from)
                    .putLong(Warmup.PREFIX6)
                    .putLong(destination);
        }
        packet.putShort((short) 0x4500).putShort((short) (IPV4_HEADER + length));
        // Not a fragment.
        packet.putShort((short) identification).putShort((short) 0x4000);
        packet.put((byte) HOP_LIMIT).put((byte) protocol).putShort((short) 0);
        packet.putInt(Warmup.PREFIX4 | from).putInt(Warmup.PREFIX4 | destination);
        put(
                into,
                VirtioHeader.SIZE + IPV4_CHECKSUM,
                ~Checksum.fold(Checksum.add(into, VirtioHeader.SIZE, IPV4_HEADER, 0)));
        return packet;
    }

    /// Writes the checksum that the kernel leaves for a network card to complete: the sum of the
    /// pseudo-header alone.
    private int withChecksum(byte[] into, boolean ipv6, int protocol, int length, int offset) {
        int header = ipHeader(ipv6);
        int addresses = ipv6 ? 32 : 8;
        // Checksum adds words in little-endian order, so these are added the same way.
        ByteBuffer pseudo = ByteBuffer.allocate(4).putShort((short) protocol).putShort((short) length);
        long sum = Checksum.add(into, VirtioHeader.SIZE + header - addresses, addresses, 0);
        int folded = Checksum.fold(Checksum.add(pseudo.array(), 0, 4, sum));
        put(into, VirtioHeader.SIZE + header + offset, folded);
        return VirtioHeader.SIZE + header + length;
    }

    /// Writes a sum, which is in little-endian order.
    private static void put(byte[] into, int at, int folded) {
        into[at] = (byte) folded;
        into[at + 1] = (byte) (folded >> 8);
    }
}
