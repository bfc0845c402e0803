// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.net.IpFamily;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Which packets the filter accepts, by an interpreter of the instructions that it uses.
class HandshakeFilterTest {
    private static final List<Integer> PORTS = List.of(51820, 7, 65535);

    @ParameterizedTest
    @EnumSource(IpFamily.class)
    void acceptsAByteOfEachMessageOfTheHandshake(IpFamily family) {
        for (int port : PORTS) {
            assertThat(accepted(family, PORTS, packet(family, port, 1, 148))).isEqualTo(1);
            assertThat(accepted(family, PORTS, packet(family, port, 2, 92))).isEqualTo(1);
            assertThat(accepted(family, PORTS, packet(family, port, 3, 64))).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(IpFamily.class)
    void dropsEverythingElse(IpFamily family) {
        assertThat(accepted(family, PORTS, packet(family, 51820, 1, 92))).isZero();
        assertThat(accepted(family, PORTS, packet(family, 51820, 2, 148))).isZero();
        assertThat(accepted(family, PORTS, packet(family, 51820, 3, 148))).isZero();
        assertThat(accepted(family, PORTS, packet(family, 51820, 4, 32))).isZero();
        assertThat(accepted(family, PORTS, packet(family, 51820, 4, 148))).isZero();
        assertThat(accepted(family, PORTS, packet(family, 51820, 0, 148))).isZero();
        assertThat(accepted(family, PORTS, packet(family, 53, 1, 148))).isZero();
        assertThat(accepted(family, List.of(), packet(family, 51820, 1, 148))).isZero();
        // Reserved bytes are zero.
        ByteBuffer reserved = packet(family, 51820, 1, 148);
        reserved.put((family == IpFamily.V4 ? 24 : 40) + 8 + 2, (byte) 1);
        assertThat(accepted(family, PORTS, reserved)).isZero();
        // TCP.
        ByteBuffer tcp = packet(family, 51820, 1, 148).put(family == IpFamily.V4 ? 9 : 6, (byte) 6);
        assertThat(accepted(family, PORTS, tcp)).isZero();
        // Too short for a header.
        assertThat(accepted(family, PORTS, packet(family, 51820, 1, 148).limit(30)))
                .isZero();
        assertThat(accepted(family, PORTS, ByteBuffer.allocate(0))).isZero();
    }

    @Test
    void dropsLaterFragments() {
        ByteBuffer fragment = packet(IpFamily.V4, 51820, 1, 148).putShort(6, (short) 0x2001);
        assertThat(accepted(IpFamily.V4, PORTS, fragment)).isZero();
        ByteBuffer whole = packet(IpFamily.V4, 51820, 1, 148).putShort(6, (short) 0x4000);
        assertThat(accepted(IpFamily.V4, PORTS, whole)).isEqualTo(1);
    }

    @Test
    void leavesOutPortsBeyondTheMost() {
        List<Integer> many = new ArrayList<>();
        for (int port = 1000; port < 1000 + HandshakeFilter.MOST_PORTS + 5; port++) {
            many.add(port);
        }
        assertThat(accepted(IpFamily.V6, many, packet(IpFamily.V6, 1000, 1, 148)))
                .isEqualTo(1);
        assertThat(accepted(IpFamily.V6, many, packet(IpFamily.V6, 1000 + HandshakeFilter.MOST_PORTS - 1, 1, 148)))
                .isEqualTo(1);
        assertThat(accepted(IpFamily.V6, many, packet(IpFamily.V6, 1000 + HandshakeFilter.MOST_PORTS, 1, 148)))
                .isZero();
    }

    /// An IPv4 packet with one option, or an IPv6 packet, with a UDP message.
    private static ByteBuffer packet(IpFamily family, int port, int type, int length) {
        int header = family == IpFamily.V4 ? 24 : 40;
        ByteBuffer packet = ByteBuffer.allocate(header + 8 + length);
        if (family == IpFamily.V4) {
            packet.put(0, (byte) 0x46).put(9, (byte) 17);
        } else {
            packet.put(0, (byte) 0x60).put(6, (byte) 17);
        }
        return packet.putShort(header, (short) 40000)
                .putShort(header + 2, (short) port)
                .putShort(header + 4, (short) (8 + length))
                .put(header + 8, (byte) type);
    }

    /// How many bytes the program accepts; a read beyond the packet drops it, as in the kernel.
    private static int accepted(IpFamily family, List<Integer> ports, ByteBuffer packet) {
        ByteBuffer program =
                ByteBuffer.wrap(HandshakeFilter.program(family, ports)).order(ByteOrder.nativeOrder());
        long accumulator = 0;
        int index = 0;
        int at = 0;
        while (true) {
            int code = program.getShort(at);
            int ifTrue = Byte.toUnsignedInt(program.get(at + 2));
            int ifFalse = Byte.toUnsignedInt(program.get(at + 3));
            int constant = program.getInt(at + 4);
            at += HandshakeFilter.INSTRUCTION;
            try {
                switch (code) {
                    case 0x40 -> accumulator = Integer.toUnsignedLong(packet.getInt(index + constant));
                    case 0x28 -> accumulator = Short.toUnsignedLong(packet.getShort(constant));
                    case 0x48 -> accumulator = Short.toUnsignedLong(packet.getShort(index + constant));
                    case 0x30 -> accumulator = Byte.toUnsignedLong(packet.get(constant));
                    case 0xb1 -> index = (packet.get(constant) & 0xf) * 4;
                    case 0x01 -> index = constant;
                    case 0x15 ->
                        at += (accumulator == Integer.toUnsignedLong(constant) ? ifTrue : ifFalse)
                                * HandshakeFilter.INSTRUCTION;
                    case 0x45 -> at += ((accumulator & constant) != 0 ? ifTrue : ifFalse) * HandshakeFilter.INSTRUCTION;
                    case 0x06 -> {
                        return constant;
                    }
                    default -> throw new AssertionError("code " + code);
                }
            } catch (IndexOutOfBoundsException _) {
                return 0;
            }
        }
    }
}
