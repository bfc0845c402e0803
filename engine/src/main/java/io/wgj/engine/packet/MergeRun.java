// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.packet;

/// One large packet that grows: the first one's headers and the payloads so far, in a buffer of its own,
/// with room for a virtio-net header in front.
final class MergeRun {
    /// Where the packet starts: behind the virtio-net header, aligned.
    static final int PACKET = 16;
    static final int MOST = 65_535;
    /// The kernel's `UDP_MAX_SEGMENTS` before 6.9.
    private static final int MOST_DATAGRAMS = 64;

    /// What is decrypted at the end of a nearly full run needs no room beyond: it goes elsewhere.
    final byte[] buffer = new byte[PACKET + MOST + 1 + 2_048];
    private final Candidate first = new Candidate();
    int end;
    int count;
    private int segmentSize;
    private int nextSequence;
    /// Whether the first packet's checksum has been looked at, and was right.
    private boolean proven;

    private boolean sound;

    /// Starts anew with the packet that lies at [#PACKET] in the buffer.
    void open(int length) {
        first.inspect(buffer, PACKET, length);
        end = PACKET + length;
        count = 1;
        segmentSize = first.payload();
        nextSequence = first.isTcp() ? first.sequence() + segmentSize : 0;
        proven = false;
    }

    boolean isTcp() {
        return first.isTcp();
    }

    int headerLength() {
        return first.headerLength;
    }

    /// Whether a packet of `length` bytes can lie with its payload at [#end] and `before` bytes in front of
    /// it, without covering the run's own headers, which it will be compared with.
    boolean hasRoomAtEnd(int before, int length) {
        int at = end - first.headerLength;
        return at - before >= PACKET + first.headerLength && at + length <= buffer.length;
    }

    /// Whether a packet has this run's addresses.
    boolean sharesAddresses(Candidate packet) {
        if (packet.ipv6 != first.ipv6) {
            return false;
        }
        byte[] in = packet.in;
        int at = packet.at;
        if (!first.ipv6) {
            return Bytes.s64(in, at + 12) == Bytes.s64(buffer, PACKET + 12);
        }
        return Bytes.s64(in, at + 32) == Bytes.s64(buffer, PACKET + 32)
                && Bytes.s64(in, at + 16) == Bytes.s64(buffer, PACKET + 16)
                && Bytes.s64(in, at + 24) == Bytes.s64(buffer, PACKET + 24)
                && Bytes.s64(in, at + 8) == Bytes.s64(buffer, PACKET + 8);
    }

    /// Whether a packet is of this run's flow; its order in that flow must be kept.
    boolean isSameFlow(Candidate packet) {
        return packet.protocol == first.protocol
                && Bytes.s32(packet.in, packet.at + packet.transport) == Bytes.s32(buffer, PACKET + first.transport)
                && sharesAddresses(packet);
    }

    /// Whether a packet of this flow may become the run's next segment, its own checksum aside.
    boolean takes(Candidate packet, boolean verify) {
        int payload = packet.payload();
        if (!packet.joinable
                || packet.headerLength != first.headerLength
                || payload > segmentSize
                || end - PACKET + payload > MOST
                || !sameIpFields(packet)
                || !(first.isTcp() ? sameTcpFields(packet) : sameUdpFields(packet))) {
            return false;
        }
        return prove(verify) && (!verify || packet.checksumHolds());
    }

    /// Whether the first packet may be joined by others. To be asked before anything covers the run's end;
    /// later calls know the answer. Never asked of a packet that stays alone, which keeps its checksum as it
    /// is.
    boolean prove(boolean verify) {
        if (!proven) {
            proven = true;
            sound = !verify || first.checksumHolds();
        }
        return sound;
    }

    private boolean sameIpFields(Candidate packet) {
        byte[] in = packet.in;
        int at = packet.at;
        if (first.ipv6) {
            // Version, traffic class and flow label; hop limit.
            return Bytes.s32(in, at) == Bytes.s32(buffer, PACKET) && in[at + 7] == buffer[PACKET + 7];
        }
        // Version, length and service; "don't fragment"; time to live and protocol. Neither is a fragment.
        return Bytes.u16(in, at) == Bytes.u16(buffer, PACKET)
                && Bytes.u16(in, at + 6) == Bytes.u16(buffer, PACKET + 6)
                && Bytes.u16(in, at + 8) == Bytes.u16(buffer, PACKET + 8);
    }

    private boolean sameTcpFields(Candidate packet) {
        int theirs = packet.at + packet.transport;
        int ours = PACKET + first.transport;
        if (packet.sequence() != nextSequence
                || Bytes.s32(packet.in, theirs + 8) != Bytes.s32(buffer, ours + 8)
                || Bytes.u16(packet.in, theirs + 14) != Bytes.u16(buffer, ours + 14)) {
            return false;
        }
        // Options come in words of four bytes.
        for (int i = IpPacket.TCP_HEADER; i < first.headerLength - first.transport; i += 4) {
            if (Bytes.s32(packet.in, theirs + i) != Bytes.s32(buffer, ours + i)) {
                return false;
            }
        }
        return true;
    }

    private boolean sameUdpFields(Candidate packet) {
        boolean unchecked = first.isUnchecked();
        return count < MOST_DATAGRAMS && packet.isUnchecked() == unchecked && !(unchecked && first.ipv6);
    }

    /// Counts in a packet whose payload lies at [#end] already.
    ///
    /// @return whether nothing may follow
    boolean grow(int payload, boolean pushes) {
        end += payload;
        count++;
        nextSequence += payload;
        if (pushes) {
            buffer[PACKET + first.transport + 13] |= IpPacket.PSH;
        }
        return pushes || payload < segmentSize;
    }

    /// Where the write starts, its virtio-net header in place.
    int seal() {
        int start = PACKET - VirtioHeader.SIZE;
        if (count == 1) {
            VirtioHeader.clear(buffer, start);
            return start;
        }
        int length = end - PACKET;
        int transport = first.transport;
        int field = first.isTcp() ? IpPacket.TCP_CHECKSUM : IpPacket.UDP_CHECKSUM;
        VirtioHeader.write(buffer, start, gsoType(), first.headerLength, segmentSize, transport, field);
        if (first.ipv6) {
            Bytes.put16(buffer, PACKET + 4, length - IpPacket.IPV6_HEADER);
        } else {
            Bytes.put16(buffer, PACKET + 2, length);
            Bytes.put16(buffer, PACKET + 10, 0);
            Checksum.store(buffer, PACKET + 10, ~Checksum.fold(Checksum.add(buffer, PACKET, transport, 0)));
        }
        if (!first.isTcp()) {
            Bytes.put16(buffer, PACKET + transport + 4, length - transport);
        }
        long pseudo = Checksum.addresses(buffer, PACKET, first.ipv6, first.protocol);
        int sum = Checksum.fold(pseudo + Checksum.length(length - transport));
        Checksum.store(buffer, PACKET + transport + field, sum);
        return start;
    }

    private int gsoType() {
        if (!first.isTcp()) {
            return VirtioHeader.GSO_UDP_L4;
        }
        return first.ipv6 ? VirtioHeader.GSO_TCPV6 : VirtioHeader.GSO_TCPV4;
    }
}
