// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import java.nio.ByteBuffer;

/// One queue of a TUN link (linux/if_tun.h), non-blocking. One thread may read while another writes; both
/// allocate nothing.
public final class TunDevice implements AutoCloseable {
    public static final int IFF_TUN = 0x0001;
    public static final int IFF_MULTI_QUEUE = 0x0100;
    public static final int IFF_NO_PI = 0x1000;
    public static final int IFF_VNET_HDR = 0x4000;
    public static final int TUN_F_CSUM = 0x01;
    public static final int TUN_F_TSO4 = 0x02;
    public static final int TUN_F_TSO6 = 0x04;
    public static final int TUN_F_TSO_ECN = 0x08;
    public static final int TUN_F_USO4 = 0x20;
    public static final int TUN_F_USO6 = 0x40;

    private static final long TUNSETIFF = 0x400454caL;
    private static final long TUNSETOFFLOAD = 0x400454d0L;
    private static final long TUNGETIFF = 0x800454d2L;
    private static final long TUNGETDEVNETNS = 0x54e3L;
    private static final long TUNSETVNETHDRSZ = 0x400454d8L;
    private static final int IFNAMSIZ = 16;
    /// `struct ifreq`: the name, and flags at 16.
    private static final int IFREQ_SIZE = 40;

    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;

    private final int descriptor;
    private final String name;
    private final int flags;
    private final NativeMemory inbound;
    private final NativeMemory outbound;
    private boolean closed;

    private TunDevice(int descriptor, NativeMemory request, int most) {
        this(
                descriptor,
                NativeMemory.string(request.bytes().slice(0, IFNAMSIZ)),
                request.bytes().getShort(IFNAMSIZ) & 0xffff,
                most);
    }

    private TunDevice(int descriptor, String name, int flags, int most) {
        this.descriptor = descriptor;
        this.name = name;
        this.flags = flags;
        this.inbound = NativeMemory.allocate(most);
        this.outbound = NativeMemory.allocate(most);
    }

    /// Creates the link `name`, or attaches one more queue to it. `EBUSY` when the name is taken by another,
    /// `EINVAL` when it is no TUN, `EPERM` without CAP_NET_ADMIN.
    ///
    /// @param name up to 15 bytes; may hold `%d` for the kernel to fill in
    /// @param flags `IFF_` constants
    /// @param most bytes of one read or write
    public static TunDevice open(String name, int flags, int most) throws SystemException {
        int descriptor;
        try (NativeMemory path = NativeMemory.ofString("/dev/net/tun")) {
            descriptor = Libc.OPEN.call(path.address(), NativeFile.O_RDWR | NativeFile.O_NONBLOCK | 0x80000, 0);
        }
        try (NativeMemory request = NativeMemory.allocate(IFREQ_SIZE)) {
            for (int i = 0; i < Math.min(name.length(), IFNAMSIZ - 1); i++) {
                request.bytes().put(i, (byte) name.charAt(i));
            }
            request.bytes().putShort(IFNAMSIZ, (short) flags);
            Libc.IOCTL.call(descriptor, TUNSETIFF, request.address());
            return new TunDevice(descriptor, request, most);
        } catch (SystemException e) {
            Libc.CLOSE.raw(descriptor);
            throw e;
        }
    }

    /// Takes over a queue that somebody else opened and handed to this process; it becomes non-blocking, and
    /// children no longer inherit it. `ENOTTY` or `EBADFD` when the descriptor is none, which then stays open.
    public static TunDevice ofDescriptor(int descriptor, int most) throws SystemException {
        try (NativeMemory request = NativeMemory.allocate(IFREQ_SIZE)) {
            Libc.IOCTL.call(descriptor, TUNGETIFF, request.address());
            int status = Libc.FCNTL.call(descriptor, F_GETFL, 0);
            Libc.FCNTL.call(descriptor, F_SETFL, status | NativeFile.O_NONBLOCK);
            Libc.FCNTL.call(descriptor, F_SETFD, FD_CLOEXEC);
            return new TunDevice(descriptor, request, most);
        }
    }

    /// What reads and writes like a TUN and is none: one end of a [DatagramPair], whose other end plays the system.
    public static TunDevice standIn(int descriptor, String name, int flags, int most) {
        return new TunDevice(descriptor, name, flags, most);
    }

    /// The link's name when this was opened.
    public String name() {
        return name;
    }

    /// The link's `IFF_` flags: whether a virtio-net header travels along, for one.
    public int flags() {
        return flags;
    }

    public int descriptor() {
        return descriptor;
    }

    /// Tells the kernel which large or unfinished packets this side takes. `EINVAL` when it does not know
    /// one of them.
    ///
    /// @param offloads `TUN_F_` constants
    public void setOffloads(int offloads) throws SystemException {
        Libc.IOCTL.call(descriptor, TUNSETOFFLOAD, offloads);
    }

    /// Sets how long the virtio-net header is; 10 unless somebody changed it.
    public void setVnetHeaderSize(int size) throws SystemException {
        try (NativeMemory value = NativeMemory.allocate(4)) {
            value.bytes().putInt(0, size);
            Libc.IOCTL.call(descriptor, TUNSETVNETHDRSZ, value.address());
        }
    }

    /// Reads one packet.
    ///
    /// @return its length, or minus the error number: `EAGAIN` when there is none, `EBADFD` when the link is
    /// gone
    public int read(byte[] into, int offset) {
        ByteBuffer memory = inbound.bytes();
        int length = Libc.READ.attempt(descriptor, inbound.address(), memory.capacity());
        if (length > 0) {
            memory.get(0, into, offset, length);
        }
        return length;
    }

    /// Writes one packet.
    ///
    /// @return its length, or minus the error number: `EIO` when the link is down, `EBADFD` when it is gone,
    /// `EINVAL` for a header the kernel does not take
    public int write(byte[] from, int offset, int length) {
        outbound.bytes().put(0, from, offset, length);
        return Libc.WRITE.attempt(descriptor, outbound.address(), length);
    }

    /// The link's name now; it may have been given another.
    public String currentName() throws SystemException {
        try (NativeMemory request = NativeMemory.allocate(IFREQ_SIZE)) {
            Libc.IOCTL.call(descriptor, TUNGETIFF, request.address());
            return NativeMemory.string(request.bytes().slice(0, IFNAMSIZ));
        }
    }

    /// The network namespace the link is in now; it may have been moved. Kernels before 5.7 do not tell.
    public NativeFile namespace() throws SystemException {
        return NativeFile.ofDescriptor(Libc.IOCTL.call(descriptor, TUNGETDEVNETNS, 0));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Libc.CLOSE.raw(descriptor);
            inbound.close();
            outbound.close();
        }
    }
}
