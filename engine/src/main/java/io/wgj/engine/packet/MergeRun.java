// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.packet;

/// One large packet that grows: the headers of the first packet and the payloads so far, in a buffer of its
/// own, with room for a virtio-net header in front.
final class MergeRun {
    /// Where the packet starts: behind the virtio-net header, aligned.
    static final int PACKET = 16;
    static final int MOST = 65_535;
    /// The kernel's `UDP_MAX_SEGMENTS` before 6.9.
    private static final int MOST_DATAGRAMS = 64;

    private static final long LOW = 0xffff_ffffL;
    /// The second half of the TCP header, without the push flag, which only the last segment may have, and
    /// without the checksum.
    private static final long COMPARED = ~((long) IpPacket.PSH << 48 | 0xffffL << 16);

    /// A packet for the end of a nearly full run is decrypted elsewhere, so it needs no room here.
    final byte[] buffer = new byte[PACKET + MOST + 1 + 2_048];
    private final Candidate first = new Candidate();
    int end;
    int count;
    private int segmentSize;
    private int nextSequence;
    /// Whether the first packet's checksums were checked and are right.
    private boolean proven;

    private boolean sound;
    // What the next packet's header has to be, as numbers for a quick comparison. IPv4: the first eight bytes
    // without length and identification, then time to live and protocol, and the sum over everything that is
    // the same in each header.
    private long header4;
    private int middle4;
    private int sum4;
    private int firstId;
    // TCP: the acknowledgement; header length, reserved bits, flags, window and urgent pointer.
    private long acknowledged;
    private long rest;

    /// Starts a new run with the packet that lies at [#PACKET] in the buffer.
    void open(int length) {
        first.inspect(buffer, PACKET, length);
        end = PACKET + length;
        count = 1;
        segmentSize = first.payload();
        proven = false;
        if (first.isTcp()) {
            int tcp = PACKET + first.transport;
            nextSequence = first.sequence() + segmentSize;
            acknowledged = Bytes.s32(buffer, tcp + 8) & LOW;
            rest = Bytes.s64(buffer, tcp + 12) & COMPARED;
        }
    }

    boolean isTcp() {
        return first.isTcp();
    }

    int headerLength() {
        return first.headerLength;
    }

    /// Whether a packet of `length` bytes can lie with its payload at [#end] and `before` bytes in front of
    /// it without covering the run's own headers, which it will be compared with.
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

    /// Whether a packet belongs to this run's flow, whose order must be kept.
    boolean isSameFlow(Candidate packet) {
        return packet.protocol == first.protocol
                && Bytes.s32(packet.in, packet.at + packet.transport) == Bytes.s32(buffer, PACKET + first.transport)
                && sharesAddresses(packet);
    }

    /// Whether a packet of this flow can become the run's next segment. Does not check its checksum.
    boolean takes(Candidate packet, boolean verify) {
        int payload = packet.payload();
        if (!packet.joinable
                || packet.headerLength != first.headerLength
                || payload > segmentSize
                || end - PACKET + payload > MOST
                || !(first.isTcp() ? sameTcpFields(packet) : count < MOST_DATAGRAMS)) {
            return false;
        }
        return prove(verify) && sameIpFields(packet) && (!verify || packet.checksumHolds());
    }

    /// Whether other packets may join the first one: its checksums are right, and equal to what the kernel
    /// would write. Call it before anything covers the run's end; later calls return the remembered answer.
    boolean prove(boolean verify) {
        if (!proven) {
            proven = true;
            sound = headerIsSound() && (!verify || first.checksumHolds());
        }
        return sound;
    }

    private boolean headerIsSound() {
        if (first.ipv6) {
            return true;
        }
        int sum = 0;
        for (int i = 0; i < IpPacket.IPV4_HEADER; i += 2) {
            sum += Bytes.u16(buffer, PACKET + i);
        }
        int checksum = Bytes.u16(buffer, PACKET + 10);
        firstId = Bytes.u16(buffer, PACKET + 4);
        sum4 = sum - first.length - firstId - checksum;
        header4 = Bytes.s64(buffer, PACKET) & ~0xffff_ffff_0000L;
        middle4 = Bytes.u16(buffer, PACKET + 8) << 16;
        return checksum == headerChecksum(first.length, firstId);
    }

    /// The IPv4 header checksum that the kernel writes when it cuts a large packet.
    private int headerChecksum(int length, int id) {
        int sum = sum4 + length + id;
        sum = (sum & 0xffff) + (sum >>> 16);
        return ~((sum & 0xffff) + (sum >>> 16)) & 0xffff;
    }

    /// Whether the kernel writes exactly this IP header when it cuts a large packet. It copies the first
    /// header and counts IPv4 identifications up.
    private boolean sameIpFields(Candidate packet) {
        byte[] in = packet.in;
        int at = packet.at;
        if (first.ipv6) {
            // Version, traffic class and flow label; hop limit.
            return Bytes.s32(in, at) == Bytes.s32(buffer, PACKET) && in[at + 7] == buffer[PACKET + 7];
        }
        int id = firstId + count & 0xffff;
        return Bytes.s64(in, at) == (header4 | (long) packet.length << 32 | (long) id << 16)
                && Bytes.s32(in, at + 8) == (middle4 | headerChecksum(packet.length, id));
    }

    private boolean sameTcpFields(Candidate packet) {
        int theirs = packet.at + packet.transport;
        int ours = PACKET + first.transport;
        if (Bytes.s64(packet.in, theirs + 4) != ((long) nextSequence << 32 | acknowledged)
                || (Bytes.s64(packet.in, theirs + 12) & COMPARED) != rest) {
            return false;
        }
        // Options are whole words of four bytes.
        for (int i = IpPacket.TCP_HEADER; i < first.headerLength - first.transport; i += 4) {
            if (Bytes.s32(packet.in, theirs + i) != Bytes.s32(buffer, ours + i)) {
                return false;
            }
        }
        return true;
    }

    /// Counts a packet whose payload already lies at [#end].
    ///
    /// @return whether no packet may follow
    boolean grow(int payload, boolean pushes) {
        end += payload;
        count++;
        nextSequence += payload;
        if (pushes) {
            buffer[PACKET + first.transport + 13] |= IpPacket.PSH;
        }
        return pushes || payload < segmentSize;
    }

    /// Finishes the run. Returns where the write starts, with its virtio-net header.
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
