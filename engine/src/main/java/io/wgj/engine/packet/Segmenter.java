// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.packet;

/// Cuts a read of the TUN into packets that fit through the tunnel, and completes their checksums, as a
/// network card would (TSO, USO). For one thread.
///
///     for (boolean more = segmenter.start(buffer, 0, length); more; more = segmenter.next()) {
///         segmenter.pad(padded);
///         aead.seal(key, counter, buffer, segmenter.offset(), padded, …);
///     }
///
/// Only headers are copied: each segment's header is written right before its payload, over the end of the
/// segment before it. So a segment is valid only until the next one is made.
public final class Segmenter {
    /// Longer headers are not cut. An IPv6 routing header alone may have 2,048 bytes.
    private static final int MOST_HEADER = 4_096;
    /// Padding is to a multiple of 16.
    private static final int MOST_PADDING = 15;

    private final boolean vnetHeader;
    /// Has room for TCP's flags behind the longest header.
    private final byte[] header = new byte[MOST_HEADER + 16];
    private final byte[] covered = new byte[MOST_PADDING];
    private byte[] buffer = header;
    /// Where the first segment's IP header is.
    private int packet;
    private int end;
    private int segments;
    private int index;
    private int offset;
    private int length;
    private int padding;
    /// Whether it makes segments with headers of their own, even if only one.
    private boolean isCut;
    /// For a packet that is not cut: where its checksum's sum begins, and where the checksum goes; 0 when
    /// there is nothing to do.
    private int sumStart;

    private int sumField;
    // For a packet that is cut:
    /// Whether its checksum field holds the sum of the pseudo-header.
    private boolean partial;

    private boolean ipv6;
    private int protocol;
    private int transport;
    private int headerLength;
    private int segmentSize;
    private int firstId;
    private int firstSequence;
    private int flags;
    /// The sum of the pseudo-header without its length.
    private long pseudoSum;

    private long malformed;

    /// @param vnetHeader whether a read starts with a [VirtioHeader]; without it each read is one segment
    public Segmenter(boolean vnetHeader) {
        this.vnetHeader = vnetHeader;
    }

    /// Takes one read and makes its first segment.
    ///
    /// @param from with 15 bytes to spare behind the packet, for [#pad]
    /// @param at where the virtio-net header, or else the packet, starts
    /// @return false when it is not an IP packet or its virtio-net header contradicts it; it is counted as
    ///     dropped
    public boolean start(byte[] from, int at, int count) {
        if (measure(from, at, count) == 0) {
            return false;
        }
        startMeasured();
        return true;
    }

    /// Makes the first segment of the read that was measured last, which must be one that [#start] takes.
    public void startMeasured() {
        if (isCut) {
            cut();
        } else if (sumStart > 0) {
            complete();
        }
    }

    /// Measures one read without changing it; [#offset] is then where its IP header is. [#startMeasured] goes
    /// on from there.
    ///
    /// @return how many segments the read has; 0 for a read that [#start] would drop, which is counted here,
    ///     too
    public int measure(byte[] from, int at, int count) {
        buffer = from;
        packet = at + (vnetHeader ? VirtioHeader.SIZE : 0);
        end = at + count;
        index = 0;
        segments = 1;
        padding = 0;
        offset = packet;
        length = end - packet;
        isCut = false;
        sumStart = 0;
        if (isIp() && (!vnetHeader || prepare(at))) {
            return segments;
        }
        malformed++;
        segments = 0;
        length = 0;
        return 0;
    }

    /// Makes the next segment; false when there is none.
    public boolean next() {
        unpad();
        if (index + 1 >= segments) {
            return false;
        }
        index++;
        makeSegment();
        return true;
    }

    /// How many segments the last read makes, the current one included.
    public int segments() {
        return segments;
    }

    /// The length of the first segment, and of all others except the last.
    public int longest() {
        return isCut ? Math.min(end - packet, headerLength + segmentSize) : end - packet;
    }

    /// The length of all segments together.
    public int bytes() {
        return end - packet + (segments - 1) * headerLength;
    }

    /// Where the current segment's IP header starts, in the array of the read.
    public int offset() {
        return offset;
    }

    /// The length of the current segment.
    public int length() {
        return length;
    }

    /// Puts zeros behind the current segment; [#next] restores what was there.
    ///
    /// @param padded the length to pad to, at most 15 more than the segment's own
    public void pad(int padded) {
        unpad();
        int more = padded - length;
        int from = offset + length;
        System.arraycopy(buffer, from, covered, 0, more);
        for (int i = 0; i < more; i++) {
            buffer[from + i] = 0;
        }
        padding = more;
    }

    /// How many reads were dropped so far.
    public long malformed() {
        return malformed;
    }

    private void unpad() {
        if (padding > 0) {
            System.arraycopy(covered, 0, buffer, offset + length, padding);
            padding = 0;
        }
    }

    private boolean isIp() {
        if (length < IpPacket.IPV4_HEADER) {
            return false;
        }
        int version = IpPacket.version(buffer, packet);
        ipv6 = version == 6;
        return version == 4 || ipv6 && length >= IpPacket.IPV6_HEADER;
    }

    private boolean prepare(int at) {
        int type = VirtioHeader.gsoType(buffer, at) & ~VirtioHeader.GSO_ECN;
        partial = (VirtioHeader.flags(buffer, at) & VirtioHeader.NEEDS_CSUM) != 0;
        int start = VirtioHeader.checksumStart(buffer, at);
        int field = VirtioHeader.checksumOffset(buffer, at);
        if (type == VirtioHeader.GSO_NONE) {
            return !partial || isWithin(start, field);
        }
        segmentSize = VirtioHeader.segmentSize(buffer, at);
        if (!recognise(type, partial ? start : -1) || partial && field != checksumField()) {
            return false;
        }
        isCut = true;
        segments = Math.max(1, (length - headerLength + segmentSize - 1) / segmentSize);
        return true;
    }

    private boolean isWithin(int start, int field) {
        sumStart = start;
        sumField = field;
        return start >= IpPacket.IPV4_HEADER && start + field + 2 <= length;
    }

    /// Completes the checksum of a packet that is not cut: the field holds the pseudo-header's sum already.
    private void complete() {
        long sum = Checksum.add(buffer, packet + sumStart, length - sumStart, 0);
        Checksum.storeInverted(buffer, packet + sumStart + sumField, sum);
    }

    /// Finds the headers of a packet to cut; false when they do not match its type.
    ///
    /// @param start where the transport header is declared to be; -1 when it is not declared
    private boolean recognise(int type, int start) {
        int ipLength = ipv6 ? IpPacket.IPV6_HEADER : IpPacket.header4Length(buffer, packet);
        boolean tcp = type == (ipv6 ? VirtioHeader.GSO_TCPV6 : VirtioHeader.GSO_TCPV4);
        if (!tcp && type != VirtioHeader.GSO_UDP_L4 || segmentSize == 0 || ipLength < IpPacket.IPV4_HEADER) {
            return false;
        }
        protocol = tcp ? IpPacket.TCP : IpPacket.UDP;
        transport = start < 0 ? ipLength : start;
        // Only IPv6 has extension headers between its header and the transport's.
        boolean extended = ipv6 && transport > ipLength;
        if (!extended && (transport != ipLength || Bytes.u8(buffer, packet + (ipv6 ? 6 : 9)) != protocol)) {
            return false;
        }
        return hasHeaders(tcp);
    }

    private boolean hasHeaders(boolean tcp) {
        if (transport + (tcp ? IpPacket.TCP_HEADER : IpPacket.UDP_HEADER) > length) {
            return false;
        }
        int own = tcp ? IpPacket.tcpHeaderLength(buffer, packet + transport) : IpPacket.UDP_HEADER;
        headerLength = transport + own;
        return (!tcp || own >= IpPacket.TCP_HEADER) && headerLength <= length && headerLength <= MOST_HEADER;
    }

    private int checksumField() {
        return protocol == IpPacket.TCP ? IpPacket.TCP_CHECKSUM : IpPacket.UDP_CHECKSUM;
    }

    private void cut() {
        System.arraycopy(buffer, packet, header, 0, headerLength);
        firstId = Bytes.u16(header, 4);
        firstSequence = Bytes.s32(header, transport + 4);
        flags = IpPacket.tcpFlags(header, transport);
        pseudoSum = partial ? givenPseudoSum() : Checksum.addresses(header, 0, ipv6, protocol);
        makeSegment();
    }

    /// The kernel's own sum. It cannot be computed from the IP header: with a routing header, an IPv4 source
    /// route or a home address option, the addresses that count are not the ones in the header.
    private long givenPseudoSum() {
        long given = Checksum.load(header, transport + checksumField());
        // Subtracting is adding the complement.
        return given + (~Checksum.length(length - transport) & 0xffff);
    }

    private void makeSegment() {
        int payload = packet + headerLength + index * segmentSize;
        int size = Math.min(segmentSize, end - payload);
        offset = payload - headerLength;
        length = headerLength + size;
        System.arraycopy(header, 0, buffer, offset, headerLength);
        patchIp();
        int at = offset + transport;
        int transportLength = length - transport;
        if (protocol == IpPacket.TCP) {
            Bytes.put32(buffer, at + 4, firstSequence + index * segmentSize);
            buffer[at + 13] = (byte) flagsHere();
        } else {
            Bytes.put16(buffer, at + 4, transportLength);
        }
        int field = at + checksumField();
        Bytes.put16(buffer, field, 0);
        long sum = Checksum.add(buffer, at, transportLength, pseudoSum + Checksum.length(transportLength));
        if (protocol == IpPacket.TCP) {
            // The same as the kernel writes, which joins and cuts these again. 0 means "no checksum" only for
            // UDP.
            Checksum.store(buffer, field, ~Checksum.fold(sum));
        } else {
            Checksum.storeInverted(buffer, field, sum);
        }
    }

    private void patchIp() {
        if (ipv6) {
            Bytes.put16(buffer, offset + 4, length - IpPacket.IPV6_HEADER);
            return;
        }
        Bytes.put16(buffer, offset + 2, length);
        Bytes.put16(buffer, offset + 4, firstId + index);
        Bytes.put16(buffer, offset + 10, 0);
        Checksum.store(buffer, offset + 10, ~Checksum.fold(Checksum.add(buffer, offset, transport, 0)));
    }

    /// FIN and PSH belong to the last segment, CWR to the first.
    private int flagsHere() {
        int here = flags;
        if (index < segments - 1) {
            here &= ~(IpPacket.FIN | IpPacket.PSH);
        }
        return index > 0 ? here & ~IpPacket.CWR : here;
    }
}
