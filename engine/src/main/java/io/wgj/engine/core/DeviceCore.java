// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.config.key.PublicKey;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.noise.Messages;
import io.wgj.netlink.sys.Errno;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The protocol of one device, without TUN and sockets. TX, RX and CONTROL report what happened and ask what
/// to do. It reads no clock on the packet path (`now` is passed in, nanoseconds of [Clock#bootNanos()]) and
/// sends through [CoreOutput].
///
/// **TX** (TUN to UDP; one or more threads, each flow of packets in one of them). First drain
/// [#nextToFlush()]. Then for each packet: [InnerPacket#version], [PeerLookup#byDestination],
/// [#keypairToSend]; when that is null, [#stage]. For a train of one peer: [Keypair#takeCounters], seal each
/// message, [Keypair#isLive()] (when false, drop the train), send to [Peer#flow()], and [#sent] or
/// [#sendFailed].
///
/// **RX** (UDP to TUN; one thread per peer at a time, except for [#keypair] and [#mayArriveFrom]). Types 1 to
/// 3 go to [#offer]. For type 4: [#keypair], [#mayArriveFrom], open, [Keypair#accept] in the order of
/// arrival. Call [#received] after the last valid message of a train and **before** its packets are written,
/// so that answers find the session. Inner packets: [InnerPacket#lengthWithin], [PeerLookup#mayComeFrom].
///
/// **CONTROL** (one thread) calls [#control] whenever it is woken or its deadline has come. Configuration
/// ([EngineDevice]) may come from any thread: it and [#control] exclude each other by the monitor of
/// [Configuration], which TX and RX never take.
///
/// No method that TX or RX calls for each packet or train takes a lock or allocates. [#stage], [#takeStaged]
/// and [#nextToFlush()] take short locks, but only while a session is missing. [#received] takes the peer's
/// monitor once a session.
public final class DeviceCore {
    /// The most handshake messages that one call of [#control] handles, so that timers are not late in a
    /// flood.
    private static final int MESSAGES_AT_ONCE = 32;

    private final DropCounters drops;
    private final StagingStore staging;
    private final HandshakeQueue queue = new HandshakeQueue();
    private final AtomicBoolean queueSignalled = new AtomicBoolean();
    private final Wakeups wakeups;
    private final CoreOutput output;
    private final IndexTable indexes;
    private final Flows flows = new Flows();
    private final Handshakes handshakes;
    private final PeerControl control;
    private final Configuration configuration;
    private final byte[] message = new byte[Messages.INITIATION_LENGTH];

    /// A core without a handshake listener.
    public DeviceCore(Primitives primitives, Clock clock, Randomness randomness, CoreOutput output) {
        this(primitives, clock, randomness, output, HandshakeListener.NONE);
    }

    /// @param primitives for handshakes and keepalives; the core takes a context of its own for CONTROL
    public DeviceCore(
            Primitives primitives, Clock clock, Randomness randomness, CoreOutput output, HandshakeListener listener) {
        this.output = output;
        drops = new DropCounters(clock::bootNanos, System::nanoTime);
        staging = new StagingStore(drops);
        wakeups = new Wakeups(output);
        indexes = new IndexTable(() -> (int) random64(randomness));
        PeerTable peers = new PeerTable();
        SplittableRandom jitter = new SplittableRandom(random64(randomness));
        HandshakeReporter reporter = new HandshakeReporter(listener, drops);
        handshakes =
                new Handshakes(primitives, clock, randomness, jitter, output, peers, indexes, flows, wakeups, reporter);
        control = new PeerControl(handshakes, staging, indexes, flows, reporter);
        configuration = new Configuration(clock, peers, handshakes, control, indexes, flows, wakeups);
    }

    /// Any thread: the counters of drops. TX and RX count their own reasons here.
    public DropCounters drops() {
        return drops;
    }

    /// Passes what happens to sessions and endpoints to `listener`. Call it before there is traffic.
    public void onSessions(SessionListener listener) {
        flows.onMoved(listener);
        handshakes.onCompleted(listener);
    }

    /// Keeps timestamps of initiations from going back across starts. Call it before the device has a key.
    public void keepTimesAbove(TimeFloor floor) {
        handshakes.keepAbove(floor);
    }

    /// Any thread: the configuration, for [EngineDevice].
    Configuration configuration() {
        return configuration;
    }

    /// TX, RX: a look-up for the calling thread alone.
    public PeerLookup newLookup() {
        return new PeerLookup(configuration::allowedIps);
    }

    /// TX: the session to seal with. Null when there is none, or when older packets of this peer are staged,
    /// or taken out and not yet sent, and must go first; then hand the packet to [#stage].
    public @Nullable Keypair keypairToSend(Peer peer, long now) {
        Keypair session = peer.current();
        return session != null && session.maySend(now) && !peer.staged.goesFirst() ? session : null;
    }

    /// TX: keeps a copy of an inner packet (whole, with its checksums, without padding) until there is a
    /// session, and asks CONTROL for a handshake when one is due. A peer has at most 128 staged packets, and
    /// the bytes of all peers have a limit: a newer packet pushes the oldest out. When a session exists by
    /// now, the peer is in [#nextToFlush()] at once.
    ///
    /// @param length at most 65,535
    /// @return false when the packet was dropped (and counted) because the peer's endpoint is not known
    public boolean stage(Peer peer, byte[] packet, int offset, int length, long now) {
        if (peer.flow() == null) {
            drops.count(Drop.TX_NO_ENDPOINT);
            drops.note(Drop.TX_NO_ENDPOINT, peer.publicKey());
            return false;
        }
        staging.add(peer.staged, packet, offset, length);
        if (peer.removed || !configuration.isUp()) {
            staging.clear(peer.staged);
            return true;
        }
        // CONTROL creates a session first and looks at staged packets then; here the order is the reverse. So
        // one of the two threads sees the other.
        wakeups.flushOrWantHandshake(peer, now);
        return true;
    }

    /// TX: whether [#nextToFlush()] has a peer. One volatile load, cheap enough for every read of the TUN.
    public boolean hasFlushes() {
        return !wakeups.flushes().isEmpty();
    }

    /// TX: a peer whose staged packets may be sent now; null when there is none. Between [#beginFlush] and
    /// [#endFlush] take them all with [#takeStaged], seal them with [#flushKeypair] and send them.
    public @Nullable Peer nextToFlush() {
        return hasFlushes() ? wakeups.flushes().pop() : null;
    }

    /// TX, while it delivers in order: whether packets of this peer are staged, or taken out and not yet
    /// sent, and could be sent now. Then call [#beginFlush], to send them or to wait for the thread that
    /// does, before sending newer ones.
    public boolean mustFlush(Peer peer, long now) {
        if (!peer.staged.goesFirst()) {
            return false;
        }
        Keypair session = peer.current();
        return session != null && session.maySend(now);
    }

    /// TX: until [#endFlush], no other thread sends what is staged for this peer, and none sends newer
    /// packets. Waits for a thread that is flushing: it has 128 packets at most.
    public void beginFlush(Peer peer) {
        peer.flushing.lock();
        staging.setFlushing(peer.staged, true);
    }

    /// TX, the thread of [#beginFlush]: everything that was taken is sent or lost.
    public void endFlush(Peer peer) {
        staging.setFlushing(peer.staged, false);
        peer.flushing.unlock();
    }

    /// TX, while flushing: the session to seal with. Null when the session ended in the meantime; then leave
    /// the packets where they are.
    public @Nullable Keypair flushKeypair(Peer peer, long now) {
        Keypair session = peer.current();
        if (session != null && session.maySend(now)) {
            return session;
        }
        if (!peer.staged.isEmpty()) {
            wakeups.wantHandshake(peer, now);
        }
        return null;
    }

    /// TX, while flushing: moves the oldest staged packet to `into`, which has room for 65,535 bytes from
    /// `offset`.
    ///
    /// @return its length, or -1 when nothing is staged any more
    public int takeStaged(Peer peer, byte[] into, int offset) {
        return peer.staged.isEmpty() ? -1 : staging.take(peer.staged, into, offset);
    }

    /// TX: a train went out.
    ///
    /// @param bytes of UDP payload, headers and tags included
    /// @param onlyKeepalives whether no message of it carried a packet
    public void sent(Peer peer, Keypair keypair, long now, long bytes, boolean onlyKeepalives) {
        peer.addTx(bytes);
        peer.timers.anyAuthenticatedSent();
        long armed = peer.timers.authenticatedTraversal(now);
        if (!onlyKeepalives) {
            armed = Math.min(armed, peer.timers.dataSent(now));
        }
        wakeups.armed(peer, armed);
        if (keypair.wantsSuccessorAfterSending(now)) {
            wakeups.wantHandshake(peer, now);
        }
    }

    /// TX: the socket refused a train. After `EINVAL` the peer's source address is forgotten, because it may
    /// not be a local address any more: sending again, to [Peer#flow()], may then work.
    ///
    /// @return whether the flow changed, so that a second try makes sense; otherwise the refusal is counted
    public boolean sendFailed(Peer peer, int errno) {
        if (errno == Errno.EINVAL && flows.forgetSource(peer)) {
            return true;
        }
        drops.count(Drop.TX_SEND_FAILED);
        return false;
    }

    /// RX: the session of a receiver index; null, counted as a drop, when there is none or it is too old.
    ///
    /// @param index see [Messages#dataReceiver]
    public @Nullable Keypair keypair(int index, long now) {
        if (!(indexes.find(index) instanceof Keypair session)) {
            drops.count(Drop.RX_UNKNOWN_INDEX);
            return null;
        }
        if (!session.mayReceive(now)) {
            drops.count(Drop.RX_EXPIRED);
            return null;
        }
        return session;
    }

    /// RX: whether the peer's `AllowedSources` admit a datagram from this address; counted as a drop when
    /// not. Costs one load for a peer without them. Call it after [#keypair], before opening.
    public boolean mayArriveFrom(Peer peer, boolean ipv6, long remoteHigh, long remoteLow) {
        SourceSet sources = peer.allowedSources;
        if (sources == null || sources.contains(ipv6, remoteHigh, remoteLow)) {
            return true;
        }
        drops.count(Drop.RX_DISALLOWED_SOURCE);
        drops.note(Drop.RX_DISALLOWED_SOURCE, peer.publicKey(), ipv6, remoteHigh, remoteLow, 0);
        return false;
    }

    /// RX: reports a train of one session with at least one valid message (tag, then [Keypair#accept]).
    ///
    /// @param bytes of UDP payload of its valid messages, headers and tags included
    /// @param data whether any of them carried a packet
    /// @param newFlow where the last valid one came from; null when that is [Peer#flow()] already
    public void received(Keypair keypair, long now, long bytes, boolean data, @Nullable UdpFlow newFlow) {
        Peer peer = keypair.peer();
        if (keypair == peer.next() && peer.promote(keypair, indexes)) {
            handshakes.completed(peer, false);
            if (!peer.staged.isEmpty()) {
                wakeups.flush(peer);
            }
        }
        if (newFlow != null) {
            flows.learn(peer, flows.complete(newFlow), now);
        }
        peer.addRx(bytes);
        if (keypair.wantsSuccessorAfterReceiving(now)) {
            wakeups.wantHandshake(peer, now);
        }
        peer.timers.anyAuthenticatedReceived();
        long armed = peer.timers.authenticatedTraversal(now);
        if (data) {
            armed = Math.min(armed, peer.timers.dataReceived(now));
        }
        wakeups.armed(peer, armed);
    }

    /// RX: copies a handshake message (type 1, 2 or 3) for CONTROL and wakes it. A message with a wrong
    /// length, from outside all `AllowedSources`, or with a full queue is counted and dropped.
    ///
    /// @return whether it was taken
    public boolean offer(byte[] data, int offset, int length, UdpFlow from) {
        int type = Messages.type(data, offset, length);
        if (type == Messages.DATA || !Messages.hasLength(type, length)) {
            drops.count(Drop.RX_MALFORMED);
            return false;
        }
        SourceSet sources = configuration.anyAllowedSource();
        if (sources != null && !sources.contains(from.ipv6(), from.remoteHigh(), from.remoteLow())) {
            drops.count(Drop.RX_DISALLOWED_SOURCE);
            note(Drop.RX_DISALLOWED_SOURCE, null, from);
            return false;
        }
        if (!queue.offer(data, offset, length, from)) {
            drops.count(Drop.HANDSHAKE_QUEUE_FULL);
            note(Drop.HANDSHAKE_QUEUE_FULL, null, from);
            return false;
        }
        if (queueSignalled.compareAndSet(false, true)) {
            output.wakeControl();
        }
        return true;
    }

    private void note(Drop reason, @Nullable PublicKey peer, UdpFlow from) {
        drops.note(reason, peer, from.ipv6(), from.remoteHigh(), from.remoteLow(), from.port());
    }

    /// CONTROL: handles waiting handshake messages, at most a few dozen, then the timers.
    ///
    /// @return when to call again at the latest: `now` when more messages wait, `Long.MAX_VALUE` when only a
    ///     wake-up is awaited
    public long control(long now) {
        synchronized (configuration) {
            boolean up = configuration.isUp();
            handleMessages(now, up);
            lookAtPeers(now, up);
            return queue.size() > 0 ? now : control.next();
        }
    }

    private void handleMessages(long now, boolean up) {
        queueSignalled.set(false);
        int budget = MESSAGES_AT_ONCE;
        for (int waiting = queue.size(); waiting > 0 && budget > 0; waiting = queue.size()) {
            UdpFlow from = queue.take(message);
            if (from == null) {
                break;
            }
            budget--;
            if (up) {
                handshakes.receive(message, queue.takenLength(), from, waiting, now);
            } else {
                drops.count(Drop.HANDSHAKE_NO_IDENTITY);
                note(Drop.HANDSHAKE_NO_IDENTITY, null, from);
            }
        }
    }

    private void lookAtPeers(long now, boolean up) {
        for (Peer peer = control.due(now); peer != null; peer = control.due(now)) {
            control.lookAt(peer, now, up);
        }
        for (Peer peer = wakeups.requests().pop();
                peer != null;
                peer = wakeups.requests().pop()) {
            control.lookAt(peer, now, up);
        }
    }

    /// Any thread: how many bytes of memory staged packets take now.
    public int stagedBytes() {
        return staging.heldBytes();
    }

    private static long random64(Randomness randomness) {
        byte[] bytes = new byte[Long.BYTES];
        randomness.fill(bytes);
        return ByteBuffer.wrap(bytes).getLong();
    }
}
