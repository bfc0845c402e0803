// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// A packet socket on one interface: it sees the IP packets that pass, on the way in before the firewall, on the
/// way out
/// after it, and the first bytes of each. It never waits. Needs CAP_NET_RAW. Not for several threads at once.
public final class CaptureSocket implements AutoCloseable {
    private static final int AF_PACKET = 17;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int ETH_P_ALL = 3;
    private static final int ETH_P_IP = 0x0800;
    private static final int ETH_P_IPV6 = 0x86dd;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;
    /// linux/if_packet.h: a packet that this host sends.
    private static final int PACKET_OUTGOING = 4;
    /// `struct sockaddr_ll`: 0 u16 family, 2 u16 protocol in network order, 4 s32 index, 10 u8 packet type.
    private static final int SOCKADDR_LL_SIZE = 20;

    private static final int PACKET_TYPE = 10;

    /// `struct sock_filter` (linux/filter.h): 0 u16 code, 2 u8 jump if true, 3 u8 jump if false, 4 u32 value.
    private static final int INSTRUCTION = 8;

    private static final int LOAD_WORD = 0x20;
    private static final int LOAD_HALF = 0x28;
    private static final int LOAD_BYTE = 0x30;
    private static final int LOAD_HALF_INDEXED = 0x48;
    private static final int LOAD_HEADER_LENGTH = 0xb1;
    private static final int IF_EQUAL = 0x15;
    private static final int RETURN = 0x06;
    /// `SKF_AD_OFF + SKF_AD_PROTOCOL`: the Ethernet type, whatever the link.
    private static final int PROTOCOL = -0x1000;

    private static final int UDP = 17;
    private static final int BUFFER = 1 << 20;

    private final NativeSocket socket;
    private final byte[] buffer;

    private CaptureSocket(NativeSocket socket, int length) {
        this.socket = socket;
        this.buffer = new byte[length];
    }

    /// A packet.
    ///
    /// @param out whether this host sends it
    /// @param head its first bytes, from the IP header on, in network order
    public record Captured(boolean out, ByteBuffer head) {}

    /// Sees UDP from or to one port.
    ///
    /// @param index of the interface
    /// @param length how many bytes of a packet are copied, at most
    public static CaptureSocket ofPort(int index, int port, int length) throws SystemException {
        return open(index, length, new int[][] {
            {LOAD_WORD, 0, 0, PROTOCOL},
            {IF_EQUAL, 0, 7, ETH_P_IP},
            {LOAD_BYTE, 0, 0, 9},
            {IF_EQUAL, 0, 13, UDP},
            {LOAD_HEADER_LENGTH, 0, 0, 0},
            {LOAD_HALF_INDEXED, 0, 0, 0},
            {IF_EQUAL, 9, 0, port},
            {LOAD_HALF_INDEXED, 0, 0, 2},
            {IF_EQUAL, 7, 8, port},
            {IF_EQUAL, 0, 7, ETH_P_IPV6},
            {LOAD_BYTE, 0, 0, 6},
            {IF_EQUAL, 0, 5, UDP},
            {LOAD_HALF, 0, 0, 40},
            {IF_EQUAL, 2, 0, port},
            {LOAD_HALF, 0, 0, 42},
            {IF_EQUAL, 0, 1, port},
            {RETURN, 0, 0, length},
            {RETURN, 0, 0, 0},
        });
    }

    /// Sees all IP packets.
    ///
    /// @param index of the interface
    /// @param length how many bytes of a packet are copied, at most
    public static CaptureSocket ofAll(int index, int length) throws SystemException {
        return open(index, length, new int[][] {
            {LOAD_WORD, 0, 0, PROTOCOL},
            {IF_EQUAL, 1, 0, ETH_P_IP},
            {IF_EQUAL, 0, 1, ETH_P_IPV6},
            {RETURN, 0, 0, length},
            {RETURN, 0, 0, 0},
        });
    }

    /// The filter comes before the interface, so that nothing gets in that it would keep out.
    private static CaptureSocket open(int index, int length, int[][] program) throws SystemException {
        NativeSocket socket = NativeSocket.open(AF_PACKET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
        try {
            attach(socket, program);
            socket.setOption(NativeSocket.SOL_SOCKET, NativeSocket.SO_RCVBUF, BUFFER);
            ByteBuffer address = ByteBuffer.allocate(SOCKADDR_LL_SIZE).order(ByteOrder.nativeOrder());
            address.putShort(0, (short) AF_PACKET).putInt(4, index);
            address.order(ByteOrder.BIG_ENDIAN).putShort(2, (short) ETH_P_ALL);
            socket.bind(address.array());
            return new CaptureSocket(socket, length);
        } catch (SystemException e) {
            socket.close();
            throw e;
        }
    }

    private static void attach(NativeSocket socket, int[][] program) throws SystemException {
        // struct sock_fprog: 0 u16 length, 8 pointer
        try (NativeMemory code = NativeMemory.allocate(program.length * INSTRUCTION);
                NativeMemory head = NativeMemory.allocate(16)) {
            for (int i = 0; i < program.length; i++) {
                code.bytes()
                        .putShort(i * INSTRUCTION, (short) program[i][0])
                        .put(i * INSTRUCTION + 2, (byte) program[i][1])
                        .put(i * INSTRUCTION + 3, (byte) program[i][2])
                        .putInt(i * INSTRUCTION + 4, program[i][3]);
            }
            head.bytes().putShort(0, (short) program.length).putLong(8, code.address());
            Libc.SETSOCKOPT.call(socket.descriptor(), SOL_SOCKET, SO_ATTACH_FILTER, head.address(), 16);
        }
    }

    /// For `poll`: waiting until a packet may be there.
    public int descriptor() {
        return socket.descriptor();
    }

    /// The next packet; empty when none is waiting.
    public Optional<Captured> receive() {
        try {
            NativeSocket.Received received = socket.receive(buffer);
            int length = Math.min(received.length(), buffer.length);
            byte[] copy = new byte[length];
            System.arraycopy(buffer, 0, copy, 0, length);
            boolean out = received.sender().get(PACKET_TYPE) == PACKET_OUTGOING;
            return Optional.of(new Captured(out, ByteBuffer.wrap(copy)));
        } catch (SystemException _) {
            // Nothing is waiting, or the interface has gone.
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
