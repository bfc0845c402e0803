// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import io.wgj.engine.core.UdpFlow;
import io.wgj.netlink.sys.BootClock;
import io.wgj.netlink.sys.DatagramReceiver;
import io.wgj.netlink.sys.DatagramSender;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.EventFd;
import io.wgj.netlink.sys.NativeSocket;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.UdpSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Real sockets, in the network namespace of the thread that created this object.
///
/// Each family has one descriptor for life. Binding puts another socket behind the same number, in one step,
/// so threads that use it need no lock. While nothing is bound, an idle eventfd is there. A thread asleep in
/// [Poller] still waits on the old socket: wake it after binding.
public final class UdpSockets implements UdpPort {
    /// Only datagrams of a link-local sender are tied to an interface.
    private static final long LINK_LOCAL = 0xfe80L << 48;

    private static final long LINK_LOCAL_MASK = 0xffc0L << 48;
    private static final int MOST_IN_A_ROW = 16;
    /// Errors of the network may come as fast as datagrams are sent.
    private static final int MOST_REPEATS = 3;

    private final EngineFeatures features;
    private final OperatorLog operatorLog;
    private final EventFd notListening;
    private final EventFd place4;
    private final EventFd place6;
    private final DatagramReceiver receiver = new DatagramReceiver(Train.CAPACITY);
    private final NetworkErrors errors;
    private final ErrorQueues errorQueues;
    private final GsoSender trains4;
    private final GsoSender trains6;
    private final List<Output> outputs = new CopyOnWriteArrayList<>();
    /// For all threads without an output of their own: CONTROL, and threads that configure.
    private final UdpOutput shared = newOutput();
    private final Object sending = new Object();
    /// The family of the last datagrams, and how many came in a row.
    private boolean lastWas6;

    private int inARow;

    private volatile int port;
    private volatile boolean has4;
    private volatile boolean has6;
    private volatile boolean receivesTrains;
    private int mark;
    /// Whether a warm-up uses these sockets.
    private boolean loopback;

    private final AtomicLong sendFailures = new AtomicLong();

    private UdpSockets(
            EngineFeatures features,
            OperatorLog operatorLog,
            NetworkErrors errors,
            EventFd notListening,
            EventFd place4,
            EventFd place6) {
        this.features = features;
        this.operatorLog = operatorLog;
        this.errors = errors;
        this.errorQueues = new ErrorQueues(errors);
        this.receivesTrains = wantsTrains();
        this.notListening = notListening;
        this.place4 = place4;
        this.place6 = place6;
        this.trains4 = new GsoSender("IPv4", features, operatorLog);
        this.trains6 = new GsoSender("IPv6", features, operatorLog);
    }

    /// Opens them without binding.
    public static UdpSockets open(EngineFeatures features, OperatorLog operatorLog) throws SystemException {
        return open(features, operatorLog, new NetworkErrors(BootClock::nanos, _ -> {}));
    }

    /// Opens them without binding.
    ///
    /// @param errors takes what the network says about datagrams, and refusals to send
    public static UdpSockets open(EngineFeatures features, OperatorLog operatorLog, NetworkErrors errors)
            throws SystemException {
        return new UdpSockets(features, operatorLog, errors, EventFd.open(), EventFd.open(), EventFd.open());
    }

    /// The descriptor for a [Poller].
    public int descriptor4() {
        return place4.descriptor();
    }

    /// The descriptor for a [Poller].
    public int descriptor6() {
        return place6.descriptor();
    }

    @Override
    public synchronized int bind(int wanted) throws SystemException {
        if (wanted != 0 && wanted == port) {
            return port;
        }
        try (BoundPair pair = BoundPair.bind(wanted, wantsTrains(), mark)) {
            take(pair);
            return port;
        }
    }

    /// Binds to a free port of 127.0.0.1 and, where there is one, of ::1, for a warm-up.
    ///
    /// @param giveUp unbinds these sockets, and what talks to them, when a device of this process is to listen on
    ///     their port
    public synchronized int bindLoopback(Runnable giveUp) throws SystemException {
        try (BoundPair pair = BoundPair.loopback(wantsTrains())) {
            take(pair);
            loopback = true;
            LoopbackPorts.hold(port, giveUp);
            return port;
        }
    }

    private void take(BoundPair pair) throws SystemException {
        take(pair.ipv4(), place4);
        take(pair.ipv6(), place6);
        has4 = pair.ipv4() != null;
        has6 = pair.ipv6() != null;
        learn(pair);
        port = pair.port();
    }

    private void take(@Nullable UdpSocket socket, EventFd place) throws SystemException {
        UdpSocket.replace(socket == null ? notListening.descriptor() : socket.descriptor(), place.descriptor());
    }

    private boolean wantsTrains() {
        return features.has(EngineFeature.UDP_RECEIVE_TRAINS) && kernelJoins();
    }

    /// Remembers what this kernel has, the same for every socket.
    private void learn(BoundPair pair) {
        receivesTrains = pair.receivesTrains();
        if (features.has(EngineFeature.UDP_RECEIVE_TRAINS) && !receivesTrains) {
            operatorLog.report(
                    "this kernel has no usable UDP_GRO (it needs Linux 5.12): datagrams are received one by one");
        }
        if (!pair.sendsTrains()) {
            trains4.stop();
            trains6.stop();
            if (features.has(EngineFeature.UDP_SEND_TRAINS)) {
                operatorLog.report(
                        "this kernel has no UDP_SEGMENT (it needs Linux 4.18): datagrams are sent one by one");
            }
        }
    }

    /// Kernels before 5.12 lose datagrams that the sender's network card had joined.
    private static boolean kernelJoins() {
        String[] numbers = System.getProperty("os.version", "0").split("[^0-9]+", 3);
        int major = numbers[0].isEmpty() ? 0 : Integer.parseInt(numbers[0]);
        int minor = numbers.length < 2 || numbers[1].isEmpty() ? 0 : Integer.parseInt(numbers[1]);
        return major > 5 || major == 5 && minor >= 12;
    }

    @Override
    public synchronized void unbind() {
        if (loopback) {
            LoopbackPorts.release(port);
            loopback = false;
        }
        port = 0;
        has4 = false;
        has6 = false;
        try {
            take(null, place4);
            take(null, place6);
        } catch (SystemException e) {
            // All three descriptors are open, so the kernel has no memory left.
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public synchronized void mark(int newMark) throws SystemException {
        if (has4) {
            UdpSocket.setOption(descriptor4(), NativeSocket.SOL_SOCKET, UdpSocket.SO_MARK, newMark);
        }
        if (has6) {
            UdpSocket.setOption(descriptor6(), NativeSocket.SOL_SOCKET, UdpSocket.SO_MARK, newMark);
        }
        mark = newMark;
    }

    /// After a success only the same family is read again: [Poller] returns at once for what the other one
    /// has by then. Each read costs a system call, as much as encrypting a small packet. But a flood of one
    /// family must not keep the other waiting.
    @Override
    public boolean receive(Train into) {
        if (inARow > 0 && inARow < MOST_IN_A_ROW) {
            boolean more = receive(into, lastWas6);
            inARow = more ? inARow + 1 : 0;
            return more;
        }
        boolean first6 = inARow == 0 ? lastWas6 : !lastWas6;
        inARow = 1;
        lastWas6 = first6;
        if (receive(into, first6)) {
            return true;
        }
        lastWas6 = !first6;
        if (receive(into, !first6)) {
            return true;
        }
        inARow = 0;
        // The thread was woken, and neither socket has a datagram: a queue of errors may have woken it.
        takeErrors();
        return false;
    }

    private void takeErrors() {
        if (has4) {
            errorQueues.take(descriptor4());
        }
        if (has6) {
            errorQueues.take(descriptor6());
        }
    }

    private boolean receive(Train into, boolean ipv6) {
        if (!(ipv6 ? has6 : has4)) {
            return false;
        }
        int length;
        do {
            length = receiver.receive(ipv6 ? descriptor6() : descriptor4(), into.data);
        } while (length == -Errno.EMSGSIZE || length < 0 && length != -Errno.EAGAIN && isPending(ipv6));
        if (length < 0) {
            return false;
        }
        into.length = length;
        into.segmentSize = Math.max(1, receiver.segmentSize() == 0 ? length : receiver.segmentSize());
        into.ipv6 = ipv6;
        into.remoteHigh = receiver.senderHigh();
        into.remoteLow = receiver.senderLow();
        into.port = receiver.senderPort();
        boolean linkLocal = ipv6 && isLinkLocal(into.remoteHigh);
        into.scopeId = linkLocal ? receiver.senderScope() : 0;
        into.hasLocal = receiver.hasLocal();
        into.localHigh = receiver.localHigh();
        into.localLow = receiver.localLow();
        into.localInterface = ipv6 ? 0 : receiver.localInterface();
        return true;
    }

    /// Whether a failed call has only reported an error of the network, which is out of the way now.
    private boolean isPending(boolean ipv6) {
        return errorQueues.take(ipv6 ? descriptor6() : descriptor4());
    }

    @Override
    public int send(UdpFlow to, byte[] from, int offset, int length, int segmentSize) {
        synchronized (sending) {
            return shared.send(to, from, offset, length, segmentSize);
        }
    }

    @Override
    public UdpOutput newOutput() {
        Output output = new Output();
        outputs.add(output);
        return output;
    }

    /// The output of one thread.
    private final class Output implements UdpOutput {
        private final DatagramSender sender = new DatagramSender(MOST_TRAIN_BYTES);
        private final GsoSender.Call call = this::sendOnce;

        @Override
        public int send(UdpFlow to, byte[] from, int offset, int length, int segmentSize) {
            if (port == 0) {
                return Errno.ENOTCONN;
            }
            if (!(to.ipv6() ? has6 : has4)) {
                errors.refused(to, Errno.EAFNOSUPPORT);
                return Errno.EAFNOSUPPORT;
            }
            sender.load(from, offset, length);
            GsoSender trains = to.ipv6() ? trains6 : trains4;
            int descriptor = to.ipv6() ? descriptor6() : descriptor4();
            sender.to(to.ipv6(), to.remoteHigh(), to.remoteLow(), to.port(), to.scopeId());
            if (!to.hasSource()) {
                sender.fromAny();
                return failed(to, trains.send(call, descriptor, length, segmentSize));
            }
            sender.from(to.sourceHigh(), to.sourceLow());
            int errno = trains.send(call, descriptor, length, segmentSize);
            // Packets with a configured source wait until the host has that address again.
            if (to.hasChosenSource() || !blamesSource(to, errno)) {
                return failed(to, errno);
            }
            sender.fromAny();
            int again = trains.send(call, descriptor, length, segmentSize);
            return again == 0 ? SENT_WITHOUT_SOURCE : failed(to, again);
        }

        /// Sends, and repeats what a pending error of the network has refused: that error may be about another
        /// peer.
        private int sendOnce(int descriptor, int offset, int length, int segmentSize) {
            long before = errorQueues.taken();
            int result = sender.send(descriptor, offset, length, segmentSize);
            for (int tries = 0; tries < MOST_REPEATS && result < 0 && result != -Errno.EAGAIN; tries++) {
                if (!errorQueues.take(descriptor) && errorQueues.taken() == before) {
                    break;
                }
                before = errorQueues.taken();
                result = sender.send(descriptor, offset, length, segmentSize);
            }
            // A queue on the way was full. Without an error queue the kernel does not mention it, and nor does its
            // WireGuard: a lost packet is the sign of congestion.
            return result == -Errno.ENOBUFS ? length : result;
        }

        /// Whether the source address may be the reason for a refusal, so that the kernel should choose
        /// another. As in the kernel module, what routing forbids for a source that the host still has is not
        /// sent:
        ///
        /// - `EINVAL`, or for IPv4 `ENETUNREACH` on some kernels: the source left this host. A missing route
        ///   gives `ENETUNREACH`, too.
        /// - IPv4 and `EINVAL`: the module looks up the route again without the source, whatever the reason.
        /// - IPv6 and `EINVAL`: a blackhole route gives it, too, and so does a link-local source for a
        ///   receiver elsewhere.
        private boolean blamesSource(UdpFlow to, int errno) {
            if (errno == Errno.EINVAL) {
                return !to.ipv6() || isLinkLocal(to.sourceHigh()) || !sender.sourceIsLocal();
            }
            return errno == Errno.ENETUNREACH && !sender.sourceIsLocal();
        }
    }

    private static boolean isLinkLocal(long high) {
        return (high & LINK_LOCAL_MASK) == LINK_LOCAL;
    }

    private int failed(UdpFlow to, int errno) {
        if (errno != 0) {
            sendFailures.incrementAndGet();
            // A full buffer of this socket says nothing about the network.
            if (errno != Errno.EAGAIN) {
                errors.refused(to, errno);
            }
        }
        return errno;
    }

    /// What the network and this host said about datagrams.
    public NetworkErrors errors() {
        return errors;
    }

    /// How many trains were sent one datagram at a time so far.
    public long splitTrains() {
        return trains4.splits() + trains6.splits();
    }

    /// How many sends failed so far.
    public long sendFailures() {
        return sendFailures.get();
    }

    @Override
    public void addStats(BiConsumer<String, String> stats) {
        stats.accept("udp_send_trains_ipv4", trains4.state());
        stats.accept("udp_send_trains_ipv6", trains6.state());
        stats.accept("udp_receive_trains", receivesTrains ? "yes" : "no");
        stats.accept("udp_split_trains", Long.toString(splitTrains()));
        stats.accept("udp_refused_trains", Long.toString(trains4.refusals() + trains6.refusals()));
        stats.accept("udp_send_failures", Long.toString(sendFailures()));
        stats.accept("udp_icmp_errors", Long.toString(errors.icmpErrors()));
        addLatest(stats, "last_icmp_error", true);
        addLatest(stats, "last_send_error", false);
    }

    private void addLatest(BiConsumer<String, String> stats, String name, boolean icmp) {
        for (NetworkError error : errors.latest()) {
            if (error.isIcmp() == icmp) {
                stats.accept(name, errors.text(error));
                return;
            }
        }
    }

    @Override
    public void close() {
        unbind();
        place4.close();
        place6.close();
        notListening.close();
        receiver.close();
        errorQueues.close();
        outputs.forEach(output -> output.sender.close());
    }
}
