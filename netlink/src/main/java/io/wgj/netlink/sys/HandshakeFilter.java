// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import io.wgj.config.net.IpFamily;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.TreeSet;

/// A program of the classic BPF (linux/filter.h) for packet sockets without a link layer header. It accepts the
/// messages of WireGuard's handshake that come to certain UDP ports, and one byte of each: types 1 to 3, each with
/// its exact length. It looks at headers and at the first four bytes of the payload.
///
///     struct sock_filter, 8 bytes, native order:   0 u16 code   2 u8 jt   3 u8 jf   4 u32 k
final class HandshakeFilter {
    /// Size of `struct sock_filter`.
    static final int INSTRUCTION = 8;
    /// A jump spans 255 instructions at most.
    static final int MOST_PORTS = 200;

    private static final int LD_WORD_INDEXED = 0x40;
    private static final int LD_HALF = 0x28;
    private static final int LD_HALF_INDEXED = 0x48;
    private static final int LD_BYTE = 0x30;
    private static final int LDX_HEADER_LENGTH = 0xb1;
    private static final int LDX_CONSTANT = 0x01;
    private static final int JUMP_EQUAL = 0x15;
    private static final int JUMP_SET = 0x45;
    private static final int RETURN = 0x06;

    private static final int UDP = 17;
    private static final int IPV4_PROTOCOL = 9;
    private static final int IPV4_FRAGMENT = 6;
    private static final int IPV4_OFFSET_MASK = 0x1fff;
    private static final int IPV6_NEXT_HEADER = 6;
    private static final int IPV6_HEADER = 40;
    private static final int UDP_PORT = 2;
    private static final int UDP_LENGTH = 4;
    private static final int UDP_HEADER = 8;
    /// Handshake initiation, handshake response, cookie reply.
    private static final int[] LENGTHS = {148, 92, 64};

    private HandshakeFilter() {}

    /// The program.
    ///
    /// @param ports up to [#MOST_PORTS]; the rest is left out
    static byte[] program(IpFamily family, Collection<Integer> ports) {
        ByteBuffer out = ByteBuffer.allocate((MOST_PORTS + 32) * INSTRUCTION).order(ByteOrder.nativeOrder());
        if (family == IpFamily.V4) {
            add(out, LD_BYTE, IPV4_PROTOCOL);
            addOrDrop(out, UDP);
            add(out, LD_HALF, IPV4_FRAGMENT);
            // Only the first fragment has a UDP header, and no handshake is fragmented.
            jump(out, JUMP_SET, IPV4_OFFSET_MASK, 0, 1);
            add(out, RETURN, 0);
            add(out, LDX_HEADER_LENGTH, 0);
        } else {
            add(out, LD_BYTE, IPV6_NEXT_HEADER);
            addOrDrop(out, UDP);
            add(out, LDX_CONSTANT, IPV6_HEADER);
        }
        add(out, LD_HALF_INDEXED, UDP_PORT);
        int left = Math.min(new TreeSet<>(ports).size(), MOST_PORTS);
        for (int port : new TreeSet<>(ports)) {
            if (left > 0) {
                // The last one jumps over the `drop` behind it.
                jump(out, JUMP_EQUAL, port, left, 0);
                left--;
            }
        }
        add(out, RETURN, 0);
        for (int i = 0; i < LENGTHS.length; i++) {
            add(out, LD_WORD_INDEXED, UDP_HEADER);
            jump(out, JUMP_EQUAL, i + 1 << 24, 0, 4);
            add(out, LD_HALF_INDEXED, UDP_LENGTH);
            jump(out, JUMP_EQUAL, UDP_HEADER + LENGTHS[i], 1, 0);
            add(out, RETURN, 0);
            add(out, RETURN, 1);
        }
        add(out, RETURN, 0);
        byte[] program = new byte[out.position()];
        out.get(0, program);
        return program;
    }

    /// Goes on when the accumulator has this value.
    private static void addOrDrop(ByteBuffer out, int value) {
        jump(out, JUMP_EQUAL, value, 1, 0);
        add(out, RETURN, 0);
    }

    private static void add(ByteBuffer out, int code, int constant) {
        jump(out, code, constant, 0, 0);
    }

    private static void jump(ByteBuffer out, int code, int constant, int ifTrue, int ifFalse) {
        out.putShort((short) code).put((byte) ifTrue).put((byte) ifFalse).putInt(constant);
    }
}
