// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpPrefix;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One peer as the I/O threads see it. TX and RX read volatile references and add to counters. Each field
/// says which other thread may use it. CONTROL's part is package-private.
public final class Peer {
    private static final long LEAST_BETWEEN_MOVES = 200_000_000L;

    private final PublicKey publicKey;
    final PeerTimers timers = new PeerTimers();
    final PeerStack.Node inRequests = new PeerStack.Node(this);
    final PeerStack.Node inFlushes = new PeerStack.Node(this);
    final StagingStore.Queue staged = new StagingStore.Queue();
    /// TX: held by the thread that sends what is staged.
    final ReentrantLock flushing = new ReentrantLock();
    /// Guarded by the device's monitor.
    final PeerHandshake handshake;
    /// CONTROL: the place in the [DeadlineHeap], -1 for none.
    int heapPlace = -1;
    /// When CONTROL will look at the timers. A thread that arms an earlier one puts the peer into the
    /// requests.
    final AtomicLong lookAt = new AtomicLong(PeerTimers.NEVER);
    /// Whether a handshake is requested; CONTROL clears it.
    volatile boolean wantsHandshake;
    /// When the last initiation or response went out; long ago at first. Written by CONTROL.
    volatile long lastHandshakeSent = -PeerTimers.REKEY_TIMEOUT;
    /// Written by the configuration: whether the peer was removed from the device.
    volatile boolean removed;
    /// Written by the configuration; null admits every address.
    volatile @Nullable SourceSet allowedSources;
    /// The same as configured. Guarded by the device's monitor.
    @Nullable
    List<IpPrefix> allowedSourceList;
    /// When a change of the endpoint was last reported; long ago at first.
    private volatile long moveReported = -LEAST_BETWEEN_MOVES;
    /// Wall-clock time of the last handshake that both sides completed.
    volatile @Nullable Instant latestHandshake;

    // The slots change together, under the peer's monitor, and are read one by one without it.
    private volatile @Nullable Keypair current;
    private volatile @Nullable Keypair next;
    private volatile @Nullable Keypair previous;
    private volatile @Nullable UdpFlow flow;
    private final AtomicLong txBytes = new AtomicLong();
    private final AtomicLong rxBytes = new AtomicLong();

    Peer(PublicKey publicKey) {
        this.publicKey = publicKey;
        handshake = new PeerHandshake(publicKey.toBytes());
    }

    /// Any thread: the public key.
    public PublicKey publicKey() {
        return publicKey;
    }

    /// Any thread: where to send to; null when the endpoint is not known.
    public @Nullable UdpFlow flow() {
        return flow;
    }

    /// Any thread: bytes of UDP payload sent, handshakes included.
    public long txBytes() {
        return txBytes.get();
    }

    /// Any thread: bytes of UDP payload received and authenticated, handshakes included.
    public long rxBytes() {
        return rxBytes.get();
    }

    void addTx(long bytes) {
        txBytes.getAndAdd(bytes);
    }

    void addRx(long bytes) {
        rxBytes.getAndAdd(bytes);
    }

    /// Whether a change of the endpoint may be reported now: datagrams of one peer may come from two places by
    /// turns.
    boolean mayReportMove(long now) {
        if (now - moveReported < LEAST_BETWEEN_MOVES) {
            return false;
        }
        moveReported = now;
        return true;
    }

    void setFlow(UdpFlow newFlow) {
        flow = newFlow;
    }

    /// The session to send with, whatever its age.
    @Nullable
    Keypair current() {
        return current;
    }

    /// The session that its initiator has not yet confirmed.
    @Nullable
    Keypair next() {
        return next;
    }

    /// CONTROL: this side began the handshake and has the response, so both sides have the keys (whitepaper
    /// section 6; kernel noise.c). The session that the responder may still send with stays receivable.
    synchronized void beginAsInitiator(Keypair fresh, IndexTable indexes) {
        Keypair oldPrevious = previous;
        Keypair waiting = next;
        if (waiting != null) {
            previous = waiting;
            next = null;
            retire(current, indexes);
        } else {
            previous = current;
        }
        current = fresh;
        retire(oldPrevious, indexes);
    }

    /// CONTROL: this side answers a handshake. Nothing is sent with the session before its first message has
    /// come.
    synchronized void beginAsResponder(Keypair fresh, IndexTable indexes) {
        Keypair oldNext = next;
        Keypair oldPrevious = previous;
        next = fresh;
        previous = null;
        retire(oldNext, indexes);
        retire(oldPrevious, indexes);
    }

    /// RX: the first message of `session` has come. False when it is not the next session any more.
    synchronized boolean promote(Keypair session, IndexTable indexes) {
        if (next != session) {
            return false;
        }
        Keypair oldPrevious = previous;
        previous = current;
        current = session;
        next = null;
        retire(oldPrevious, indexes);
        return true;
    }

    /// CONTROL: forgets all sessions.
    synchronized void zeroKeys(IndexTable indexes) {
        Keypair oldCurrent = current;
        Keypair oldNext = next;
        Keypair oldPrevious = previous;
        current = null;
        next = null;
        previous = null;
        retire(oldCurrent, indexes);
        retire(oldNext, indexes);
        retire(oldPrevious, indexes);
    }

    /// CONTROL: the device's key changed. Existing sessions receive until they expire, and send nothing.
    synchronized void expireSessions(IndexTable indexes) {
        Keypair waiting = next;
        next = null;
        retire(waiting, indexes);
        Keypair sending = current;
        if (sending != null) {
            sending.forbidSending();
        }
    }

    /// The index goes first, so that no thread finds a session whose keys are zeros.
    private static void retire(@Nullable Keypair session, IndexTable indexes) {
        if (session != null) {
            indexes.remove(session);
            session.destroy();
        }
    }
}
