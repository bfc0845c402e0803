// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// One non-blocking queue of a TUN link (linux/if_tun.h). One thread may read while another writes, and
/// further threads may write with a [#newWriter] each; nothing here allocates.
public final class TunDevice implements AutoCloseable {
    public static final int IFF_TUN = 0x0001;
    public static final int IFF_MULTI_QUEUE = 0x0100;
    public static final int IFF_NO_PI = 0x1000;
    public static final int IFF_VNET_HDR = 0x4000;
    /// Creates a new link only: `EBUSY` for one that exists.
    public static final int IFF_TUN_EXCL = 0x8000;

    private static final int IFF_DETACH_QUEUE = 0x0400;
    public static final int TUN_F_CSUM = 0x01;
    public static final int TUN_F_TSO4 = 0x02;
    public static final int TUN_F_TSO6 = 0x04;
    public static final int TUN_F_TSO_ECN = 0x08;
    public static final int TUN_F_USO4 = 0x20;
    public static final int TUN_F_USO6 = 0x40;

    private static final long TUNSETIFF = 0x400454caL;
    private static final long TUNSETOFFLOAD = 0x400454d0L;
    private static final long TUNGETIFF = 0x800454d2L;
    private static final long TUNSETQUEUE = 0x400454d9L;
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
    private final int most;
    private final List<Writer> writers = new CopyOnWriteArrayList<>();
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
        this.most = most;
        this.inbound = NativeMemory.allocate(most);
        this.outbound = NativeMemory.allocate(most);
    }

    /// Creates the link `name`, or attaches another queue to it. `EBUSY` when another link has the name,
    /// `EINVAL` when it is not a TUN link, `EPERM` without CAP_NET_ADMIN.
    ///
    /// @param name up to 15 bytes; the kernel replaces a `%d` in it
    /// @param flags `IFF_` constants
    /// @param most the bytes of one read or write
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

    /// Takes over a queue that another process opened and passed to this one. It becomes non-blocking, and
    /// children no longer inherit it. `ENOTTY` or `EBADFD` for a descriptor that is no queue; it stays open
    /// then.
    public static TunDevice ofDescriptor(int descriptor, int most) throws SystemException {
        try (NativeMemory request = NativeMemory.allocate(IFREQ_SIZE)) {
            Libc.IOCTL.call(descriptor, TUNGETIFF, request.address());
            int status = Libc.FCNTL.call(descriptor, F_GETFL, 0);
            Libc.FCNTL.call(descriptor, F_SETFL, status | NativeFile.O_NONBLOCK);
            Libc.FCNTL.call(descriptor, F_SETFD, FD_CLOEXEC);
            return new TunDevice(descriptor, request, most);
        }
    }

    /// One end of a [DatagramPair] in the place of a queue; the other end plays the kernel.
    public static TunDevice standIn(int descriptor, String name, int flags, int most) {
        return new TunDevice(descriptor, name, flags, most);
    }

    /// The link's name when the queue was opened.
    public String name() {
        return name;
    }

    /// The link's `IFF_` flags, for example whether packets have a virtio-net header.
    public int flags() {
        return flags;
    }

    public int descriptor() {
        return descriptor;
    }

    /// Announces the large or unfinished packets that this side accepts. `EINVAL` when the kernel does not
    /// know one of them.
    ///
    /// @param offloads `TUN_F_` constants
    public void setOffloads(int offloads) throws SystemException {
        Libc.IOCTL.call(descriptor, TUNSETOFFLOAD, offloads);
    }

    /// Sets the length of the virtio-net header; 10 by default.
    public void setVnetHeaderSize(int size) throws SystemException {
        try (NativeMemory value = NativeMemory.allocate(4)) {
            value.bytes().putInt(0, size);
            Libc.IOCTL.call(descriptor, TUNSETVNETHDRSZ, value.address());
        }
    }

    /// Reads one packet.
    ///
    /// @return its length, or minus the error number: `EAGAIN` when no packet is queued, `EBADFD` when the
    ///     link is gone
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
    ///     `EINVAL` for a header that the kernel rejects
    public int write(byte[] from, int offset, int length) {
        outbound.bytes().put(0, from, offset, length);
        return Libc.WRITE.attempt(descriptor, outbound.address(), length);
    }

    /// A writer to the same queue for one more thread. It lives as long as this object.
    public Writer newWriter() {
        Writer writer = new Writer(descriptor, most);
        writers.add(writer);
        return writer;
    }

    /// The writing side of one thread.
    public static final class Writer {
        private final int descriptor;
        private final NativeMemory outbound;

        private Writer(int descriptor, int most) {
            this.descriptor = descriptor;
            this.outbound = NativeMemory.allocate(most);
        }

        /// Writes one packet, as [TunDevice#write] does.
        public int write(byte[] from, int offset, int length) {
            outbound.bytes().put(0, from, offset, length);
            return Libc.WRITE.attempt(descriptor, outbound.address(), length);
        }
    }

    /// Makes the kernel deliver no packets to this queue of a multi-queue link. Writing works as before, and
    /// no longer makes the answers of a flow come through this queue (Documentation/networking/tuntap.rst,
    /// "Multiqueue"; drivers/net/tun.c, `tun_flow_update`).
    public void detach() throws SystemException {
        try (NativeMemory request = NativeMemory.allocate(IFREQ_SIZE)) {
            request.bytes().putShort(IFNAMSIZ, (short) IFF_DETACH_QUEUE);
            Libc.IOCTL.call(descriptor, TUNSETQUEUE, request.address());
        }
    }

    /// The link's name now, which may have changed.
    public String currentName() throws SystemException {
        try (NativeMemory request = NativeMemory.allocate(IFREQ_SIZE)) {
            Libc.IOCTL.call(descriptor, TUNGETIFF, request.address());
            return NativeMemory.string(request.bytes().slice(0, IFNAMSIZ));
        }
    }

    /// The network namespace of the link now, which may have changed. Kernels before 5.7 do not report it.
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
            writers.forEach(writer -> writer.outbound.close());
        }
    }
}
