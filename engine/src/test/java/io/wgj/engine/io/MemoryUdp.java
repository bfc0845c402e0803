// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import io.wgj.engine.core.UdpFlow;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// UDP in memory: ports of one [Network] reach each other by address and port; an eavesdropper sees every
/// train and may lose it.
public final class MemoryUdp implements UdpPort {
    /// What was sent in one call.
    ///
    /// @param segmentSize 0 for one datagram
    public record Sent(MemoryUdp from, UdpFlow to, ByteBuffer bytes, int segmentSize, int mark) {
        /// A copy of all datagrams, one behind the other.
        public byte[] copy() {
            byte[] copy = new byte[bytes.capacity()];
            bytes.get(0, copy);
            return copy;
        }
    }

    /// Hosts that reach each other.
    public static final class Network {
        private final ConcurrentHashMap<String, MemoryUdp> hosts = new ConcurrentHashMap<>();
        private final List<Predicate<Sent>> losers = new CopyOnWriteArrayList<>();

        /// `passes` sees each train; false loses it.
        public void watch(Predicate<Sent> passes) {
            losers.add(passes);
        }

        private void carry(Sent sent, long sourceHigh, long sourceLow) {
            for (Predicate<Sent> passes : losers) {
                if (!passes.test(sent)) {
                    return;
                }
            }
            MemoryUdp target =
                    hosts.get(key(sent.to.ipv6(), sent.to.remoteHigh(), sent.to.remoteLow(), sent.to.port()));
            if (target != null) {
                target.inbound.add(
                        new Arrived(sent.bytes, sent.segmentSize, sent.to, sourceHigh, sourceLow, sent.from.port));
                target.onInput.run();
            }
        }
    }

    private record Arrived(
            ByteBuffer bytes, int segmentSize, UdpFlow to, long sourceHigh, long sourceLow, int sourcePort) {}

    private final Network network;
    private final boolean ipv6;
    private final long high;
    private final long low;
    private final ConcurrentLinkedQueue<Arrived> inbound = new ConcurrentLinkedQueue<>();
    private volatile Runnable onInput = () -> {};
    private volatile int port;
    private volatile int mark;

    /// A host with one address; not bound yet.
    public MemoryUdp(Network network, boolean ipv6, long high, long low) {
        this.network = network;
        this.ipv6 = ipv6;
        this.high = high;
        this.low = low;
    }

    /// A host with an IPv4 address.
    public static MemoryUdp ipv4(Network network, int address) {
        return new MemoryUdp(network, false, 0, address & 0xffff_ffffL);
    }

    /// The way to this host; no source.
    public UdpFlow flowHere() {
        return new UdpFlow(ipv6, high, low, port, 0, 0, 0, 0, false);
    }

    /// Runs when something arrives; a test's waiter wakes there.
    public void onInput(Runnable action) {
        onInput = action;
    }

    @Override
    public boolean receive(Train into) {
        @Nullable Arrived next = inbound.poll();
        if (next == null) {
            return false;
        }
        int length = next.bytes.capacity();
        next.bytes.get(0, into.data, 0, length);
        into.length = length;
        into.segmentSize = Math.max(1, next.segmentSize == 0 ? length : next.segmentSize);
        into.ipv6 = ipv6;
        into.remoteHigh = next.sourceHigh;
        into.remoteLow = next.sourceLow;
        into.port = next.sourcePort;
        into.scopeId = 0;
        into.hasLocal = true;
        into.localHigh = high;
        into.localLow = low;
        into.localInterface = ipv6 ? 0 : 1;
        return true;
    }

    @Override
    public int send(UdpFlow to, byte[] from, int offset, int length, int segmentSize) {
        if (port == 0) {
            return Errno.ENOTCONN;
        }
        if (to.ipv6() != ipv6) {
            return Errno.EAFNOSUPPORT;
        }
        int segments = segmentSize == 0 ? 1 : (length + segmentSize - 1) / segmentSize;
        if (length > MOST_TRAIN_BYTES || segments > MOST_SEGMENTS) {
            return Errno.EMSGSIZE;
        }
        network.carry(
                new Sent(
                        this,
                        to,
                        ByteBuffer.wrap(Arrays.copyOfRange(from, offset, offset + length)),
                        segmentSize,
                        mark),
                high,
                low);
        return SENT;
    }

    @Override
    public int bind(int wanted) throws SystemException {
        synchronized (network) {
            int chosen = wanted;
            if (wanted == 0) {
                chosen = 40_000;
                while (network.hosts.containsKey(key(ipv6, high, low, chosen))) {
                    chosen++;
                }
            }
            MemoryUdp holder = network.hosts.get(key(ipv6, high, low, chosen));
            if (holder != null && holder != this) {
                throw new SystemException("bind", new Errno(Errno.EADDRINUSE));
            }
            unbind();
            network.hosts.put(key(ipv6, high, low, chosen), this);
            port = chosen;
            return chosen;
        }
    }

    @Override
    public void unbind() {
        synchronized (network) {
            if (port != 0) {
                network.hosts.remove(key(ipv6, high, low, port));
                port = 0;
            }
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void mark(int newMark) {
        mark = newMark;
    }

    @Override
    public void close() {
        unbind();
    }

    private static String key(boolean ipv6, long high, long low, int port) {
        return ipv6 + "/" + high + "/" + low + "/" + port;
    }
}
