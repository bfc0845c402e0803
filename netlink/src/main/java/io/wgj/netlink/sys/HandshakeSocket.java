// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import io.wgj.config.net.IpFamily;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;

/// A packet socket (packet(7)) that is readable after a message of WireGuard's handshake has come in, on any link
/// of this network namespace, for one of the given UDP ports. It tells nothing else, and no payload reaches this
/// process. Packets that leave are not looked at: that would cost a copy of each. Needs CAP_NET_RAW. For one
/// thread.
public final class HandshakeSocket implements AutoCloseable {
    private static final int AF_PACKET = 17;
    private static final int SOCK_DGRAM = 2;
    private static final int SO_ATTACH_FILTER = 26;
    private static final int ETH_P_IP = 0x0800;
    private static final int ETH_P_IPV6 = 0x86dd;
    /// `struct sockaddr_ll`: 0 u16 family, 2 u16 protocol in network order, 4 s32 index, …
    private static final int SOCKADDR_LL_SIZE = 20;
    /// `struct sock_fprog`: 0 u16 len, 8 ptr filter.
    private static final int FPROG_SIZE = 16;
    /// Some hundred messages: whoever sends more is waited for, not copied.
    private static final int RECEIVE_BUFFER = 1 << 14;
    private static final int MOST_READ = 1_000;

    private final int descriptor;
    private final IpFamily family;
    private final NativeMemory buffer = NativeMemory.allocate(1);
    private boolean closed;

    private HandshakeSocket(int descriptor, IpFamily family) {
        this.descriptor = descriptor;
        this.family = family;
    }

    /// A socket for packets of one family.
    public static HandshakeSocket open(IpFamily family, Collection<Integer> ports) throws SystemException {
        // Without a protocol it receives nothing before it has its filter.
        HandshakeSocket socket =
                new HandshakeSocket(Libc.SOCKET.call(AF_PACKET, SOCK_DGRAM | UdpSocket.FLAGS, 0), family);
        try {
            socket.listenTo(ports);
            UdpSocket.setOption(socket.descriptor, NativeSocket.SOL_SOCKET, NativeSocket.SO_RCVBUF, RECEIVE_BUFFER);
            socket.bind();
            return socket;
        } catch (SystemException e) {
            socket.close();
            throw e;
        }
    }

    /// Listens for these ports from now on, instead of those before.
    public void listenTo(Collection<Integer> ports) throws SystemException {
        byte[] program = HandshakeFilter.program(family, ports);
        try (NativeMemory filter = NativeMemory.ofBytes(program);
                NativeMemory header = NativeMemory.allocate(FPROG_SIZE)) {
            header.bytes()
                    .putShort(0, (short) (program.length / HandshakeFilter.INSTRUCTION))
                    .putLong(8, filter.address());
            Libc.SETSOCKOPT.call(descriptor, NativeSocket.SOL_SOCKET, SO_ATTACH_FILTER, header.address(), FPROG_SIZE);
        }
    }

    private void bind() throws SystemException {
        ByteBuffer address = ByteBuffer.allocate(SOCKADDR_LL_SIZE).order(ByteOrder.nativeOrder());
        address.putShort(0, (short) AF_PACKET);
        address.order(ByteOrder.BIG_ENDIAN).putShort(2, (short) (family == IpFamily.V4 ? ETH_P_IP : ETH_P_IPV6));
        try (NativeMemory memory = NativeMemory.ofBytes(address.array())) {
            Libc.BIND.call(descriptor, memory.address(), SOCKADDR_LL_SIZE);
        }
    }

    /// For `poll`: readable after a message.
    public int descriptor() {
        return descriptor;
    }

    /// Forgets the messages so far.
    ///
    /// @return whether there was one
    public boolean clear() {
        boolean any = false;
        for (int i = 0; i < MOST_READ; i++) {
            if (Libc.READ.attempt(descriptor, buffer.address(), 1) < 0) {
                return any;
            }
            any = true;
        }
        return any;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Libc.CLOSE.raw(descriptor);
            buffer.close();
        }
    }
}
