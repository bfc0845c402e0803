// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.packet;

/// Fields of IP packets in arrays (RFC 791, RFC 8200), and of the TCP and UDP headers in them (RFC 9293, RFC
/// 768). `at` is where the IP header starts, `transport` where the TCP or UDP header starts; addresses are
/// numbers, big-endian on the wire. Only [#length] checks anything: call it first.
public final class IpPacket {
    public static final int IPV4_HEADER = 20;
    public static final int IPV6_HEADER = 40;
    public static final int TCP = 6;
    public static final int UDP = 17;
    static final int TCP_HEADER = 20;
    static final int UDP_HEADER = 8;
    static final int TCP_CHECKSUM = 16;
    static final int UDP_CHECKSUM = 6;
    static final int FIN = 0x01;
    static final int PSH = 0x08;
    static final int ACK = 0x10;
    static final int ECE = 0x40;
    static final int CWR = 0x80;
    /// "Don't fragment", in IPv4's fragment field.
    static final int DF = 0x4000;
    /// `MF` and the offset of IPv4's fragment field.
    static final int FRAGMENT = 0x3fff;

    private IpPacket() {}

    /// The length of an IPv4 or IPv6 packet, from its header.
    ///
    /// @param available bytes from `at` on
    /// @return -1 when it is neither, cut short, or longer than `available`
    public static int length(byte[] in, int at, int available) {
        if (available < IPV4_HEADER) {
            return -1;
        }
        int length;
        switch (version(in, at)) {
            case 4 -> {
                length = Bytes.u16(in, at + 2);
                if (length < IPV4_HEADER) {
                    return -1;
                }
            }
            case 6 -> length = IPV6_HEADER + Bytes.u16(in, at + 4);
            default -> {
                return -1;
            }
        }
        return length <= available ? length : -1;
    }

    /// 4, 6 or anything else of 4 bits.
    public static int version(byte[] in, int at) {
        return Bytes.u8(in, at) >>> 4;
    }

    /// The length of an IPv4 header, from its field: 0 to 60.
    static int header4Length(byte[] in, int at) {
        return (in[at] & 0xf) << 2;
    }

    /// The length of a TCP header, from its field: 0 to 60.
    static int tcpHeaderLength(byte[] in, int transport) {
        return Bytes.u8(in, transport + 12) >>> 4 << 2;
    }

    /// The flags in TCP's fourteenth byte.
    static int tcpFlags(byte[] in, int transport) {
        return Bytes.u8(in, transport + 13);
    }

    /// Whether the TCP or UDP checksum is right. A UDP checksum of 0 means that there is none, which is right
    /// for IPv4 only.
    ///
    /// @param length of the transport header and what follows
    static boolean checksumHolds(byte[] in, int at, boolean ipv6, int transport, int length, int protocol) {
        if (protocol == UDP && Bytes.u16(in, transport + UDP_CHECKSUM) == 0) {
            return !ipv6;
        }
        long sum = Checksum.addresses(in, at, ipv6, protocol) + Checksum.length(length);
        return Checksum.fold(Checksum.add(in, transport, length, sum)) == 0xffff;
    }
}
