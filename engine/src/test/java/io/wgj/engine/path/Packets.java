// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import java.nio.ByteBuffer;
import java.util.Random;

/// IP packets for tests: whole, with right checksums where a test says so.
final class Packets {
    private Packets() {}

    /// An IPv4 packet of a protocol nobody looks into.
    ///
    /// @param mark told apart by it; the rest is random but the same for the same mark
    static byte[] ipv4(int source, int destination, int length, int mark) {
        ByteBuffer packet = ByteBuffer.allocate(length);
        byte[] noise = new byte[length - 24];
        new Random(mark).nextBytes(noise);
        packet.put((byte) 0x45).put((byte) 0).putShort((short) length).putInt(0);
        packet.put((byte) 64).put((byte) 253).putShort((short) 0);
        packet.putInt(source).putInt(destination);
        packet.putInt(mark).put(noise);
        return packet.array();
    }

    static int markOf(byte[] packet, int offset) {
        return ByteBuffer.wrap(packet).getInt(offset + 20);
    }
}
