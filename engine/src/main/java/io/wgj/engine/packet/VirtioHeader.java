// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.packet;

/// The header in front of every packet of a TUN with `IFF_VNET_HDR` (`struct virtio_net_hdr`,
/// linux/virtio_net.h), 10 bytes, numbers in the processor's own order:
///
///     0 u8 flags   1 u8 GSO type   2 u16 header length   4 u16 segment size
///     6 u16 checksum start   8 u16 checksum's offset from there
///
/// All zeros: an ordinary packet, complete.
public final class VirtioHeader {
    public static final int SIZE = 10;
    /// Flag: the checksum field holds the pseudo-header's sum, and the rest from the checksum start on is
    /// still to be added.
    public static final int NEEDS_CSUM = 1;

    public static final int GSO_NONE = 0;
    public static final int GSO_TCPV4 = 1;
    public static final int GSO_TCPV6 = 4;
    /// UDP datagrams of one size, IPv4 or IPv6 (not `GSO_UDP`, 3, which makes fragments).
    public static final int GSO_UDP_L4 = 5;
    /// Beside a TCP type: the first segment carries CWR.
    public static final int GSO_ECN = 0x80;

    private VirtioHeader() {}

    /// The flags.
    public static int flags(byte[] in, int at) {
        return Bytes.u8(in, at);
    }

    /// The GSO type, with [#GSO_ECN] in it.
    public static int gsoType(byte[] in, int at) {
        return Bytes.u8(in, at + 1);
    }

    /// The payload of each segment.
    public static int segmentSize(byte[] in, int at) {
        return Bytes.native16(in, at + 4);
    }

    /// Where the checksum's sum begins, from the packet's start.
    public static int checksumStart(byte[] in, int at) {
        return Bytes.native16(in, at + 6);
    }

    /// Where the checksum is, from [#checksumStart].
    public static int checksumOffset(byte[] in, int at) {
        return Bytes.native16(in, at + 8);
    }

    /// Writes the header of an ordinary packet.
    public static void clear(byte[] out, int at) {
        for (int i = 0; i < SIZE; i++) {
            out[at + i] = 0;
        }
    }

    /// Writes the header of a large packet; its checksum is still to be completed.
    public static void write(
            byte[] out, int at, int gsoType, int headerLength, int segmentSize, int checksumStart, int checksumOffset) {
        out[at] = NEEDS_CSUM;
        out[at + 1] = (byte) gsoType;
        Bytes.putNative16(out, at + 2, headerLength);
        Bytes.putNative16(out, at + 4, segmentSize);
        Bytes.putNative16(out, at + 6, checksumStart);
        Bytes.putNative16(out, at + 8, checksumOffset);
    }
}
