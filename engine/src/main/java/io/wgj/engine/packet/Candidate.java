// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.packet;

/// The packet at hand as [Merger] sees it: its flow, and whether its form allows joining.
final class Candidate {
    byte[] in = new byte[0];
    int at;
    int length;
    boolean ipv6;
    /// Whether it is TCP or UDP with whole headers and not a fragment. Only then the fields below are valid.
    boolean hasPorts;

    int protocol;
    int transport;
    int headerLength;
    /// Whether it may start or continue a run.
    boolean joinable;

    /// Reads a packet whose length is the one in its IP header.
    void inspect(byte[] packet, int offset, int count) {
        in = packet;
        at = offset;
        length = count;
        ipv6 = IpPacket.version(packet, offset) == 6;
        joinable = false;
        boolean plain = ipv6 ? inspect6() : inspect4();
        hasPorts = (protocol == IpPacket.TCP || protocol == IpPacket.UDP) && inspectTransport();
        joinable &= plain && hasPorts;
    }

    /// The packet now lies elsewhere.
    void moved(byte[] packet, int offset) {
        in = packet;
        at = offset;
    }

    /// How many bytes follow the headers.
    int payload() {
        return length - headerLength;
    }

    int transportLength() {
        return length - transport;
    }

    boolean isTcp() {
        return protocol == IpPacket.TCP;
    }

    int sequence() {
        return Bytes.s32(in, at + transport + 4);
    }

    boolean pushes() {
        return isTcp() && (IpPacket.tcpFlags(in, at + transport) & IpPacket.PSH) != 0;
    }

    /// Whether the TCP or UDP checksum is right.
    boolean checksumHolds() {
        return IpPacket.checksumHolds(in, at, ipv6, at + transport, transportLength(), protocol);
    }

    private boolean inspect4() {
        transport = IpPacket.header4Length(in, at);
        boolean fragment = (Bytes.u16(in, at + 6) & IpPacket.FRAGMENT) != 0;
        protocol = fragment || transport < IpPacket.IPV4_HEADER ? -1 : Bytes.u8(in, at + 9);
        return transport == IpPacket.IPV4_HEADER && (Bytes.u16(in, at + 6) & ~IpPacket.DF) == 0;
    }

    private boolean inspect6() {
        transport = IpPacket.IPV6_HEADER;
        protocol = Bytes.u8(in, at + 6);
        return true;
    }

    private boolean inspectTransport() {
        if (isTcp()) {
            if (transportLength() < IpPacket.TCP_HEADER) {
                return false;
            }
            int own = IpPacket.tcpHeaderLength(in, at + transport);
            headerLength = transport + own;
            int flags = IpPacket.tcpFlags(in, at + transport);
            joinable = own >= IpPacket.TCP_HEADER
                    && (flags & ~(IpPacket.PSH | IpPacket.ECE)) == IpPacket.ACK
                    // The other form of 0, which the kernel would not write.
                    && Bytes.u16(in, at + transport + IpPacket.TCP_CHECKSUM) != 0xffff
                    && payload() > 0;
            return true;
        }
        headerLength = transport + IpPacket.UDP_HEADER;
        if (payload() < 0) {
            return false;
        }
        joinable = payload() > 0
                && Bytes.u16(in, at + transport + 4) == transportLength()
                // No checksum: the kernel would compute one.
                && Bytes.u16(in, at + transport + IpPacket.UDP_CHECKSUM) != 0;
        return true;
    }
}
