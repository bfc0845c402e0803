// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A datagram or raw socket; its addresses are the bytes of their C structures. Not for several threads at
/// once.
public final class NativeSocket implements AutoCloseable {
    public static final int AF_UNIX = 1;
    public static final int AF_NETLINK = 16;
    public static final int SOCK_STREAM = 1;
    public static final int SOCK_RAW = 3;
    public static final int SOL_SOCKET = 1;
    public static final int SO_SNDBUF = 7;
    public static final int SO_RCVBUF = 8;
    public static final int SO_SNDBUFFORCE = 32;
    public static final int SO_RCVBUFFORCE = 33;
    /// `SO_NETNS_COOKIE` (asm-generic/socket.h), eight bytes, from 5.14 on.
    static final int SO_NETNS_COOKIE = 71;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_PEEK = 0x02;
    private static final int MSG_TRUNC = 0x20;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int POLLIN = 1;
    private static final int F_GETFD = 1;

    /// `struct sockaddr_storage`: fits every address.
    private static final int ADDRESS_SIZE = 128;

    /// `struct msghdr` of 64-bit Linux (bits/socket.h), 56 bytes, and behind it the one `struct iovec` it
    /// points to.
    ///
    ///     0 ptr name      8 u32 namelen   16 ptr iov   24 u64 iovlen
    ///     32 ptr control  40 u64 controllen            48 s32 flags
    ///     56 ptr base  64 u64 len
    private static final int MSGHDR_SIZE = 72;

    private final int descriptor;
    private final NativeMemory header = NativeMemory.allocate(MSGHDR_SIZE);
    private final NativeMemory address = NativeMemory.allocate(ADDRESS_SIZE);
    private NativeMemory inbound = NativeMemory.allocate(0);
    private NativeMemory outbound = NativeMemory.allocate(0);
    private boolean closed;

    private NativeSocket(int descriptor) {
        this.descriptor = descriptor;
    }

    /// A received datagram.
    ///
    /// @param length of the whole datagram; more than was copied when it did not fit
    /// @param sender the sender's address structure, zeros behind it, in native byte order
    public record Received(int length, ByteBuffer sender) {}

    /// A new socket, which children do not inherit.
    public static NativeSocket open(int domain, int type, int protocol) throws SystemException {
        return new NativeSocket(Libc.SOCKET.call(domain, type | SOCK_CLOEXEC, protocol));
    }

    /// For `poll`: waiting until the socket is readable.
    public int descriptor() {
        return descriptor;
    }

    public void bind(byte[] socketAddress) throws SystemException {
        try (NativeMemory memory = NativeMemory.ofBytes(socketAddress)) {
            Libc.BIND.call(descriptor, memory.address(), socketAddress.length);
        }
    }

    public void connect(byte[] socketAddress) throws SystemException {
        try (NativeMemory memory = NativeMemory.ofBytes(socketAddress)) {
            Libc.CONNECT.call(descriptor, memory.address(), socketAddress.length);
        }
    }

    /// The address it is bound to, zeros behind it, in native byte order.
    public ByteBuffer localAddress() throws SystemException {
        try (NativeMemory length = NativeMemory.allocate(4)) {
            length.bytes().putInt(0, ADDRESS_SIZE);
            address.bytes().put(0, new byte[ADDRESS_SIZE]);
            Libc.GETSOCKNAME.call(descriptor, address.address(), length.address());
        }
        return copyOfAddress();
    }

    /// Sets an option whose value is an `int`.
    public void setOption(int level, int name, int value) throws SystemException {
        try (NativeMemory memory = NativeMemory.allocate(4)) {
            memory.bytes().putInt(0, value);
            Libc.SETSOCKOPT.call(descriptor, level, name, memory.address(), 4);
        }
    }

    /// The value of an option that is eight bytes long.
    public long option64(int level, int name) throws SystemException {
        try (NativeMemory memory = NativeMemory.allocate(16)) {
            memory.bytes().putInt(8, 8);
            Libc.GETSOCKOPT.call(descriptor, level, name, memory.address(), memory.address() + 8);
            return memory.bytes().getLong(0);
        }
    }

    /// Sends `datagram`'s remaining bytes to the connected address, all at once; its position stays.
    public void send(ByteBuffer datagram) throws SystemException {
        int length = datagram.remaining();
        if (outbound.bytes().capacity() < length) {
            outbound.close();
            outbound = NativeMemory.buffer(length);
        }
        outbound.bytes().put(0, datagram, datagram.position(), length);
        Libc.SEND.call(descriptor, outbound.address(), length, MSG_NOSIGNAL);
    }

    /// Waits for a datagram and returns its length; the datagram stays queued.
    public int nextLength() throws SystemException {
        return Libc.RECV.call(descriptor, inbound.address(), 0, MSG_PEEK | MSG_TRUNC);
    }

    /// Waits for a datagram and copies as much of it as fits to the start of `into`.
    public Received receive(byte[] into) throws SystemException {
        if (inbound.bytes().capacity() < into.length) {
            inbound.close();
            inbound = NativeMemory.buffer(into.length);
        }
        address.bytes().put(0, new byte[ADDRESS_SIZE]);
        ByteBuffer message = header.bytes();
        message.putLong(0, address.address()).putInt(8, ADDRESS_SIZE);
        message.putLong(16, header.address() + 56).putLong(24, 1);
        message.putLong(32, 0).putLong(40, 0).putInt(48, 0);
        message.putLong(56, inbound.address()).putLong(64, into.length);
        int length = Libc.RECVMSG.call(descriptor, header.address(), MSG_TRUNC);
        inbound.bytes().get(0, into, 0, Math.min(length, into.length));
        return new Received(length, copyOfAddress());
    }

    /// Whether a datagram or an error is waiting, or comes within `timeoutMillis`.
    public boolean isReadable(int timeoutMillis) throws SystemException {
        // struct pollfd: 0 s32 fd, 4 s16 events, 6 s16 revents
        try (NativeMemory poll = NativeMemory.allocate(8)) {
            poll.bytes().putInt(0, descriptor).putShort(4, (short) POLLIN);
            return Libc.POLL.call(poll.address(), 1, timeoutMillis) > 0;
        }
    }

    /// Whether the descriptor is still open; for tests of its owner.
    boolean isOpen() {
        return (int) Libc.FCNTL.raw(3, descriptor, F_GETFD, 0, 0, 0) >= 0;
    }

    private ByteBuffer copyOfAddress() {
        byte[] copy = new byte[ADDRESS_SIZE];
        address.bytes().get(0, copy);
        return ByteBuffer.wrap(copy).order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Libc.CLOSE.raw(descriptor);
            header.close();
            address.close();
            inbound.close();
            outbound.close();
        }
    }
}
