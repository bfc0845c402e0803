// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.packet.VirtioHeader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/// IP packets for tests, with valid checksums where a test needs them.
public final class Packets {
    private Packets() {}

    /// An IPv4 packet of an unknown protocol.
    ///
    /// @param mark identifies it; the rest is random but the same for the same mark
    public static byte[] ipv4(int source, int destination, int length, int mark) {
        ByteBuffer packet = ByteBuffer.allocate(length);
        byte[] noise = new byte[length - 24];
        new Random(mark).nextBytes(noise);
        packet.put((byte) 0x45).put((byte) 0).putShort((short) length).putInt(0);
        packet.put((byte) 64).put((byte) 253).putShort((short) 0);
        packet.putInt(source).putInt(destination);
        packet.putInt(mark).put(noise);
        return packet.array();
    }

    public static int markOf(byte[] packet, int offset) {
        return ByteBuffer.wrap(packet).getInt(offset + 20);
    }

    /// Several TCP segments of one size as one large packet, behind a virtio-net header; its checksums are
    /// still to be completed.
    ///
    /// @param sequence of the first byte; the text depends on it
    public static byte[] largeTcp(int source, int destination, int sequence, int segments, int size) {
        int length = 40 + segments * size;
        ByteBuffer packet = ByteBuffer.allocate(VirtioHeader.SIZE + length);
        VirtioHeader.write(packet.array(), 0, VirtioHeader.GSO_TCPV4, 40, size, 20, 16);
        packet.position(VirtioHeader.SIZE);
        packet.put((byte) 0x45).put((byte) 0).putShort((short) length).putInt(0x4000);
        packet.put((byte) 64).put((byte) 6).putShort((short) 0);
        packet.putInt(source).putInt(destination);
        packet.putInt(2_000 << 16 | 3_000).putInt(sequence).putInt(1);
        packet.putShort((short) 0x5010).putShort((short) 500);
        // As the kernel leaves it: the sum of the pseudo-header alone; and no urgent data.
        packet.putShort((short) pseudoSum(source, destination, length - 20)).putShort((short) 0);
        packet.put(tcpText(sequence, segments * size));
        return packet.array();
    }

    private static int pseudoSum(int source, int destination, int length) {
        int sum = (source >>> 16) + (source & 0xffff) + (destination >>> 16) + (destination & 0xffff) + 6 + length;
        sum = (sum & 0xffff) + (sum >>> 16);
        return (sum & 0xffff) + (sum >>> 16);
    }

    /// What the bytes of a stream are.
    public static byte[] tcpText(int sequence, int length) {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            int at = sequence + i;
            text[i] = (byte) (at * 7 + (at >>> 8));
        }
        return text;
    }

    /// Of the first byte that a packet with TCP carries.
    public static int sequenceOf(byte[] packet) {
        return ByteBuffer.wrap(packet).getInt(24);
    }

    /// What a packet with TCP carries.
    public static byte[] tcpText(byte[] packet) {
        return Arrays.copyOfRange(packet, 40, packet.length);
    }
}
