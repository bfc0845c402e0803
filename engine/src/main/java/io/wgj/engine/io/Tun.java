// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import io.wgj.engine.packet.PacketOutput;
import io.wgj.engine.packet.VirtioHeader;
import io.wgj.netlink.route.Link;
import io.wgj.netlink.route.LinkWatch;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.TunDevice;
import io.wgj.netlink.transport.NetlinkException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/// One queue of a real TUN.
public final class Tun implements TunPort {
    /// The MTU of a new link: Ethernet's, minus the headers of IPv6, UDP and WireGuard.
    public static final int DEFAULT_MTU = 1_420;

    /// So many segments that one read fills one train: 45 x 1,452 bytes are less than
    /// [UdpPort#MOST_TRAIN_BYTES].
    private static final int SEGMENTS_OF_A_READ = 45;

    private final TunDevice device;
    private final boolean vnetHeader;
    private final TunOffloads offloads;
    /// Packets that the kernel refused, because the link is down or its queue is full.
    private final AtomicLong lost = new AtomicLong();

    private Tun(TunDevice device, TunOffloads offloads) {
        this.device = device;
        this.vnetHeader = hasHeader(device);
        this.offloads = offloads;
    }

    /// Creates the link `name` in the calling thread's network namespace, with the default MTU and down.
    ///
    /// @param multiQueue whether [#openQueue] may follow
    public static Tun open(String name, boolean multiQueue, EngineFeatures features, OperatorLog operatorLog)
            throws SystemException {
        return open(name, multiQueue ? TunDevice.IFF_MULTI_QUEUE : 0, features, operatorLog);
    }

    /// The same for a link that [#openQueue] may follow for; `EBUSY` when there is one of this name already.
    static Tun createWithQueues(String name, EngineFeatures features, OperatorLog operatorLog) throws SystemException {
        return open(name, TunDevice.IFF_MULTI_QUEUE | TunDevice.IFF_TUN_EXCL, features, operatorLog);
    }

    private static Tun open(String name, int more, EngineFeatures features, OperatorLog operatorLog)
            throws SystemException {
        Tun tun = negotiate(device(name, more, features), features, operatorLog);
        try (RouteNetlink route = RouteNetlink.open()) {
            Link link = route.link(tun.name()).orElseThrow(() -> new SystemException("open", new Errno(Errno.ENODEV)));
            route.setMtu(link.index(), DEFAULT_MTU);
            withoutLinkLocalAddress(route, link.index());
            tun.limitSegments(route, link.index(), operatorLog);
            return tun;
        } catch (NetlinkException e) {
            tun.close();
            throw new SystemException("rtnetlink", e.errno());
        } catch (SystemException e) {
            tun.close();
            throw e;
        }
    }

    /// Opens one more queue of the link `name`, with the same offloads.
    public static Tun openQueue(String name, EngineFeatures features, OperatorLog operatorLog) throws SystemException {
        return negotiate(device(name, TunDevice.IFF_MULTI_QUEUE, features), features, operatorLog);
    }

    /// Takes over a queue that another process opened, which has also set the link's MTU. Offloads are used
    /// if the queue has a virtio-net header.
    public static Tun ofDescriptor(int descriptor, EngineFeatures features, OperatorLog operatorLog)
            throws SystemException {
        Tun tun = negotiate(TunDevice.ofDescriptor(descriptor, READ_ROOM), features, operatorLog);
        try (RouteNetlink route = RouteNetlink.open()) {
            // The link may be in another namespace, where it cannot be reached.
            Link link = route.link(tun.name()).orElse(null);
            if (link != null) {
                withoutLinkLocalAddress(route, link.index());
                tun.limitSegments(route, link.index(), operatorLog);
            }
        } catch (NetlinkException e) {
            operatorLog.report(tun.name() + " cannot be queried: " + e.getMessage());
        }
        return tun;
    }

    /// Whether a link `name` exists and, as far as can be seen, no process uses it. A link with several
    /// queues would let this process in beside another one, and give each of them a part of the packets. A
    /// link that is down shows nothing about its users.
    static boolean isIdle(String name) throws SystemException {
        try (RouteNetlink route = RouteNetlink.open()) {
            Link link = route.link(name).orElse(null);
            return link != null && !link.isRunning();
        } catch (NetlinkException e) {
            throw new SystemException("rtnetlink", e.errno());
        }
    }

    /// A stand-in for a TUN, for the warm-up: one end of a pair of sockets. The other end acts as a kernel
    /// with all offloads.
    public static Tun standIn(int descriptor) {
        return new Tun(
                TunDevice.standIn(descriptor, "warmup", TunDevice.IFF_VNET_HDR, READ_ROOM),
                new TunOffloads(true, true));
    }

    private static TunDevice device(String name, int more, EngineFeatures features) throws SystemException {
        int flags = TunDevice.IFF_TUN | TunDevice.IFF_NO_PI | more;
        return TunOffloads.open(header -> TunDevice.open(name, flags | header, READ_ROOM), features);
    }

    private static boolean hasHeader(TunDevice device) {
        return (device.flags() & TunDevice.IFF_VNET_HDR) != 0;
    }

    private static Tun negotiate(TunDevice device, EngineFeatures features, OperatorLog operatorLog)
            throws SystemException {
        if (!hasHeader(device)) {
            if (features.has(EngineFeature.TUN_OFFLOADS)) {
                operatorLog.report("the TUN has no virtio-net header (IFF_VNET_HDR): packets are read and written one"
                        + " by one");
            }
            return new Tun(device, TunOffloads.NONE);
        }
        try {
            device.setVnetHeaderSize(VirtioHeader.SIZE);
            return new Tun(device, TunOffloads.negotiate(device::setOffloads, features, operatorLog));
        } catch (SystemException e) {
            device.close();
            throw e;
        }
    }

    /// Switches link-local addresses off, as on WireGuard links of the kernel. A host without IPv6 refuses
    /// that and has none anyway.
    private static void withoutLinkLocalAddress(RouteNetlink route, int index) {
        try {
            route.setNoLinkLocalAddress(index);
        } catch (NetlinkException _) {
            return;
        }
    }

    private void limitSegments(RouteNetlink route, int index, OperatorLog operatorLog) {
        if (!vnetHeader) {
            return;
        }
        try {
            route.setGsoMaxSegments(index, SEGMENTS_OF_A_READ);
        } catch (NetlinkException e) {
            operatorLog.report("the segment limit of " + name() + " cannot be set: " + e.getMessage());
        }
    }

    @Override
    public int read(byte[] into, int offset) throws TunClosedException {
        int length = device.read(into, offset);
        if (length < 0) {
            checkThere(-length);
            return 0;
        }
        return length;
    }

    @Override
    public boolean write(byte[] from, int offset, int length) throws TunClosedException {
        return isTaken(device.write(from, offset, length));
    }

    @Override
    public PacketOutput<TunClosedException> newWriter() {
        TunDevice.Writer writer = device.newWriter();
        return (from, offset, length) -> isTaken(writer.write(from, offset, length));
    }

    /// Makes this queue write-only: the system sends nothing through it from now on.
    ///
    /// `EINVAL` when the link can have only one queue.
    void detach() throws SystemException {
        device.detach();
    }

    private boolean isTaken(int result) throws TunClosedException {
        if (result >= 0) {
            return true;
        }
        checkThere(-result);
        if (result == -Errno.EINVAL) {
            return false;
        }
        lost.incrementAndGet();
        return true;
    }

    /// A read that was under way when the link was deleted fails with `EFAULT`.
    private void checkThere(int errno) throws TunClosedException {
        if (errno == Errno.EBADFD || errno == Errno.EBADF || errno == Errno.EFAULT) {
            throw new TunClosedException(name());
        }
    }

    @Override
    public boolean vnetHeader() {
        return vnetHeader;
    }

    /// Whether TCP segments may be joined: the kernel takes large packets, and the operator has not switched
    /// it off.
    public boolean joinsTcp() {
        return offloads.tcp();
    }

    @Override
    public boolean joinsUdp() {
        return offloads.udp();
    }

    @Override
    public void addStats(BiConsumer<String, String> stats) {
        stats.accept("tun_lost", Long.toString(lost()));
    }

    @Override
    public String name() {
        return device.name();
    }

    /// The descriptor for a [Poller].
    public int descriptor() {
        return device.descriptor();
    }

    /// How many written packets were lost, because the link was down or the system's queue full.
    public long lost() {
        return lost.get();
    }

    /// Starts following the link's state and MTU. Open it again when [LinkWatch#link] becomes empty while the
    /// TUN still works: the link was moved to another network namespace then, and this finds it there.
    ///
    /// `EPERM` when the link is elsewhere and this process may not enter that namespace (CAP_SYS_ADMIN).
    public LinkWatch watch() throws SystemException {
        try {
            long here = NativeFile.status("/proc/thread-self/ns/net").inode();
            try (NativeFile there = device.namespace()) {
                if (there.status().inode() == here) {
                    return watchHere();
                }
                return Namespaces.on(() -> {
                    Namespaces.enter(there, Namespaces.CLONE_NEWNET);
                    return watchHere();
                });
            }
        } catch (NetlinkException e) {
            throw new SystemException("rtnetlink", e.errno());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SystemException cause) {
                throw cause;
            }
            if (e.getCause() instanceof NetlinkException cause) {
                throw new SystemException("rtnetlink", cause.errno());
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new SystemException("setns", new Errno(Errno.EINTR));
        }
    }

    private LinkWatch watchHere() throws SystemException, NetlinkException {
        try (RouteNetlink route = RouteNetlink.open()) {
            Link link = route.link(device.currentName())
                    .orElseThrow(() -> new SystemException("watch", new Errno(Errno.ENODEV)));
            return LinkWatch.open(link.index());
        }
    }

    @Override
    public void close() {
        device.close();
    }
}
