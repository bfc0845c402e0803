// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.probe;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.netlink.route.InterfaceAddress;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.sys.EchoSocket;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.EventFd;
import io.wgj.netlink.sys.PollSet;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.transport.NetlinkException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// ICMP echo of the calling thread's network namespace: a raw socket for each interface and family, and one
/// poll for all of them.
final class LinuxEcho implements EchoPort {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final EventFd waker;
    private final Map<Key, EchoSocket> sockets = new LinkedHashMap<>();
    private List<Map.Entry<Key, EchoSocket>> polled = List.of();
    private @Nullable PollSet poll;

    private LinuxEcho(EventFd waker) {
        this.waker = waker;
    }

    private record Key(int index, IpFamily family) {}

    static LinuxEcho open() throws IOException {
        try {
            return new LinuxEcho(EventFd.open());
        } catch (SystemException failure) {
            throw new IOException(failure.errno().sentence(), failure);
        }
    }

    @Override
    public void request(int index, String device, IpAddress target, int identifier, int sequence, long token)
            throws IOException {
        Key key = new Key(index, target.family());
        try {
            EchoSocket socket = socket(key, device);
            try {
                socket.request(target, identifier, sequence, token);
            } catch (SystemException failure) {
                boolean lacksRoute = failure.errno().is(Errno.ENETUNREACH)
                        || failure.errno().is(Errno.EHOSTUNREACH)
                        || failure.errno().is(Errno.EACCES);
                if (!lacksRoute || target.family() == IpFamily.V4) {
                    throw failure;
                }
                // The peer's routes are withdrawn, and only traffic brings the peer back.
                socket.requestPastRoutes(source(index, target), target, identifier, sequence, token);
            }
        } catch (SystemException failure) {
            if (failure.errno().is(Errno.ENODEV) || failure.errno().is(Errno.ENXIO)) {
                release(index, target.family());
            }
            throw new IOException(failure.errno().sentence(), failure);
        }
    }

    private EchoSocket socket(Key key, String device) throws SystemException {
        EchoSocket socket = sockets.get(key);
        if (socket == null) {
            socket = EchoSocket.open(key.family(), device, key.index());
            sockets.put(key, socket);
            forgetPoll();
        }
        return socket;
    }

    /// The source address for an IPv6 request that no route decides: of the target's network if possible.
    private static IpAddress source(int index, IpAddress target) throws IOException {
        try (RouteNetlink netlink = RouteNetlink.open()) {
            Optional<IpAddress> best = Optional.empty();
            for (InterfaceAddress address : netlink.addresses()) {
                IpAddress own = address.prefix().address();
                boolean fits = address.linkIndex() == index
                        && own.family() == IpFamily.V6
                        && own.isLinkLocal() == target.isLinkLocal();
                if (fits && (best.isEmpty() || address.prefix().contains(target))) {
                    best = Optional.of(own);
                }
            }
            return best.orElseThrow(() -> new IOException("the interface has no IPv6 address to ask from"));
        } catch (NetlinkException failure) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    @Override
    public void await(long nanos, Receiver receiver) {
        PollSet set = pollSet();
        long millis = nanos == Long.MAX_VALUE ? -1 : Math.min(Integer.MAX_VALUE, nanos / NANOS_PER_MILLI + 1);
        set.await(nanos <= 0 ? 0 : (int) millis);
        waker.clear();
        for (int i = 0; i < polled.size(); i++) {
            if (set.isReady(i + 1)) {
                receive(polled.get(i).getKey().index(), polled.get(i).getValue(), receiver);
            }
        }
    }

    private static void receive(int index, EchoSocket socket, Receiver receiver) {
        Optional<EchoSocket.Reply> reply = socket.receive();
        while (reply.isPresent()) {
            EchoSocket.Reply one = reply.get();
            receiver.reply(index, one.from(), one.identifier(), one.sequence(), one.token());
            reply = socket.receive();
        }
    }

    private PollSet pollSet() {
        PollSet set = poll;
        if (set == null) {
            polled = new ArrayList<>(sockets.entrySet());
            int[] descriptors = new int[polled.size() + 1];
            descriptors[0] = waker.descriptor();
            for (int i = 0; i < polled.size(); i++) {
                descriptors[i + 1] = polled.get(i).getValue().descriptor();
            }
            set = new PollSet(descriptors);
            poll = set;
        }
        return set;
    }

    private void forgetPoll() {
        if (poll != null) {
            poll.close();
            poll = null;
        }
    }

    @Override
    public void wake() {
        waker.signal();
    }

    @Override
    public void release(int index, IpFamily family) {
        EchoSocket socket = sockets.remove(new Key(index, family));
        if (socket != null) {
            forgetPoll();
            socket.close();
        }
    }

    @Override
    public void close() {
        forgetPoll();
        for (EchoSocket socket : sockets.values()) {
            socket.close();
        }
        sockets.clear();
        waker.close();
    }
}
