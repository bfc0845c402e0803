// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

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

/// A queue of a real TUN.
public final class Tun implements TunPort {
    /// The MTU of a new link: Ethernet's less IPv6, UDP and WireGuard's own headers.
    public static final int DEFAULT_MTU = 1_420;

    /// So that one read fills one train of datagrams: 45 x 1,452 bytes are less than
    /// [UdpPort#MOST_TRAIN_BYTES].
    private static final int SEGMENTS_OF_A_READ = 45;

    private static final int BASIC = TunDevice.TUN_F_CSUM | TunDevice.TUN_F_TSO4 | TunDevice.TUN_F_TSO6;
    private static final int USO = TunDevice.TUN_F_USO4 | TunDevice.TUN_F_USO6;

    private final TunDevice device;
    private final boolean vnetHeader;
    private final boolean joinsUdp;
    /// Writes that were lost, by TX of the kernel's doing: the link is down, or its queue full.
    private final AtomicLong lost = new AtomicLong();

    private Tun(TunDevice device, boolean joinsUdp) {
        this.device = device;
        this.vnetHeader = (device.flags() & TunDevice.IFF_VNET_HDR) != 0;
        this.joinsUdp = joinsUdp;
    }

    /// Creates the link `name` in the calling thread's network namespace, with the default MTU and down.
    ///
    /// @param multiQueue whether [#openQueue] may follow
    public static Tun open(String name, boolean multiQueue, Switches switches, Notices notices) throws SystemException {
        TunDevice device = TunDevice.open(name, flags(multiQueue, switches), READ_ROOM);
        Tun tun = negotiate(device, notices);
        try (RouteNetlink route = RouteNetlink.open()) {
            Link link = route.link(tun.name()).orElseThrow(() -> new SystemException("open", new Errno(Errno.ENODEV)));
            route.setMtu(link.index(), DEFAULT_MTU);
            tun.limitSegments(route, link.index(), notices);
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
    public static Tun openQueue(String name, Switches switches, Notices notices) throws SystemException {
        return negotiate(TunDevice.open(name, flags(true, switches), READ_ROOM), notices);
    }

    /// Takes over a queue opened by somebody else, who also chose the link's MTU; offloads are used if it
    /// has the header for them.
    public static Tun ofDescriptor(int descriptor, Notices notices) throws SystemException {
        Tun tun = negotiate(TunDevice.ofDescriptor(descriptor, READ_ROOM), notices);
        try (RouteNetlink route = RouteNetlink.open()) {
            // Its link may be in another namespace, where it cannot be reached.
            Link link = route.link(tun.name()).orElse(null);
            if (link != null) {
                tun.limitSegments(route, link.index(), notices);
            }
        } catch (NetlinkException e) {
            notices.say("cannot look at " + tun.name() + ": " + e.getMessage());
        }
        return tun;
    }

    /// What a rehearsal reads and writes: one end of a pair of sockets, whose other end plays a system with all
    /// offloads.
    public static Tun standIn(int descriptor) {
        return new Tun(TunDevice.standIn(descriptor, "rehearsal", TunDevice.IFF_VNET_HDR, READ_ROOM), true);
    }

    private static int flags(boolean multiQueue, Switches switches) {
        return TunDevice.IFF_TUN
                | TunDevice.IFF_NO_PI
                | (switches.tunOffloads() ? TunDevice.IFF_VNET_HDR : 0)
                | (multiQueue ? TunDevice.IFF_MULTI_QUEUE : 0);
    }

    /// Offers the kernel all we can do, then less.
    private static Tun negotiate(TunDevice device, Notices notices) throws SystemException {
        if ((device.flags() & TunDevice.IFF_VNET_HDR) == 0) {
            return new Tun(device, false);
        }
        try {
            device.setVnetHeaderSize(VirtioHeader.SIZE);
            for (int more : new int[] {USO | TunDevice.TUN_F_TSO_ECN, USO, TunDevice.TUN_F_TSO_ECN, 0}) {
                if (offers(device, BASIC | more)) {
                    return new Tun(device, (more & USO) != 0);
                }
            }
            notices.say("the TUN takes no large packets: each is read and written on its own");
            return new Tun(device, false);
        } catch (SystemException e) {
            device.close();
            throw e;
        }
    }

    private static boolean offers(TunDevice device, int offloads) throws SystemException {
        try {
            device.setOffloads(offloads);
            return true;
        } catch (SystemException e) {
            if (e.errno().is(Errno.EINVAL)) {
                return false;
            }
            throw e;
        }
    }

    private void limitSegments(RouteNetlink route, int index, Notices notices) {
        if (!vnetHeader) {
            return;
        }
        try {
            route.setGsoMaxSegments(index, SEGMENTS_OF_A_READ);
        } catch (NetlinkException e) {
            notices.say("reads of " + name() + " may make more than one train: " + e.getMessage());
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
        int result = device.write(from, offset, length);
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

    /// `EFAULT` is what a read gets that was under way when the link went.
    private void checkThere(int errno) throws TunClosedException {
        if (errno == Errno.EBADFD || errno == Errno.EBADF || errno == Errno.EFAULT) {
            throw new TunClosedException(name());
        }
    }

    @Override
    public boolean vnetHeader() {
        return vnetHeader;
    }

    @Override
    public boolean joinsUdp() {
        return joinsUdp;
    }

    @Override
    public String name() {
        return device.name();
    }

    /// For a [Poller].
    public int descriptor() {
        return device.descriptor();
    }

    /// Packets that were written and lost, because the link was down or the system's queue full.
    public long lost() {
        return lost.get();
    }

    /// Starts following the link's state and MTU, for CONTROL. To be opened again when [LinkWatch#link]
    /// becomes empty while the TUN still lives: then the link was moved to another network namespace, where
    /// this looks for it.
    ///
    /// `EPERM` when it is elsewhere and this process may not go there (CAP_SYS_ADMIN).
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
