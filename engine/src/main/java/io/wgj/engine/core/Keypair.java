// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.engine.crypto.AeadKey;
import io.wgj.engine.noise.SessionKeys;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;

/// The two keys of one session. TX takes counters and seals; RX opens and calls [#accept]; CONTROL creates
/// and destroys.
///
/// A session may be destroyed (peer removed, device down, replaced) while TX or RX uses it, and a destroyed
/// key is zeros, with which anybody could read and forge. So **TX calls [#isLive()] after sealing a train and
/// before sending it**, and drops the train when it is false. RX is safe by [#accept], which checks the same.
public final class Keypair implements IndexOwner {
    /// Past this age a session neither sends nor receives, nanoseconds.
    public static final long REJECT_AFTER_TIME = 180_000_000_000L;
    /// Past this age its initiator makes a new one when it sends.
    static final long REKEY_AFTER_TIME = 120_000_000_000L;
    /// Past this age its initiator makes a new one when it receives: 180 - 10 - 5 seconds.
    static final long REKEY_AFTER_TIME_RECEIVING = 165_000_000_000L;
    /// Past this counter a new session is made.
    static final long REKEY_AFTER_MESSAGES = 1L << 60;

    private final Peer peer;
    private final int localIndex;
    private final int remoteIndex;
    private final AeadKey sendKey;
    private final AeadKey receiveKey;
    private final boolean initiator;
    private final long created;
    private final AtomicLong nextCounter = new AtomicLong();
    private final ReplayWindow received = new ReplayWindow();
    /// RX: whether receiving has asked for a new session already.
    private boolean askedForSuccessor;
    private volatile boolean sendingAllowed = true;
    private volatile boolean destroyed;

    /// @param keys which this session owns from now on and will destroy
    /// @param initiator whether this side began the handshake
    /// @param created nanoseconds of [Clock#bootNanos()]
    Keypair(Peer peer, int localIndex, int remoteIndex, SessionKeys keys, boolean initiator, long created) {
        this.peer = peer;
        this.localIndex = localIndex;
        this.remoteIndex = remoteIndex;
        this.sendKey = keys.send();
        this.receiveKey = keys.receive();
        this.initiator = initiator;
        this.created = created;
    }

    /// Any thread: the index that the peer puts into its messages.
    @Override
    public int localIndex() {
        return localIndex;
    }

    /// Any thread: the index that this side puts into its messages.
    public int remoteIndex() {
        return remoteIndex;
    }

    /// Any thread: the peer of this session.
    public Peer peer() {
        return peer;
    }

    /// TX (and CONTROL for keepalives): the key to seal with.
    public AeadKey sendKey() {
        return sendKey;
    }

    /// RX: the key to open with.
    public AeadKey receiveKey() {
        return receiveKey;
    }

    /// Any thread: takes `count` consecutive counters with one atomic addition, and returns the first.
    public long takeCounters(int count) {
        return nextCounter.getAndAdd(count);
    }

    /// Any thread: whether sending is allowed now: younger than 180 s, counters left, and the device's key
    /// unchanged.
    public boolean maySend(long now) {
        return sendingAllowed
                && now - created < REJECT_AFTER_TIME
                && Long.compareUnsigned(nextCounter.get(), ReplayWindow.REJECT_AFTER_MESSAGES) < 0;
    }

    /// Any thread: whether receiving is allowed now: younger than 180 s.
    public boolean mayReceive(long now) {
        return now - created < REJECT_AFTER_TIME;
    }

    /// RX: whether a message with a valid tag is new. Call it in the order of delivery. False for a replay,
    /// and for a session destroyed in the meantime.
    public boolean accept(long counter) {
        return isLive() && received.accept(counter);
    }

    /// Any thread: whether the keys were intact up to this moment, so that everything before this call was
    /// sealed or opened with them.
    public boolean isLive() {
        // The key was read with plain loads; none of them may move behind the flag.
        VarHandle.loadLoadFence();
        return !destroyed;
    }

    /// CONTROL: forbids sending, because the device's key changed. Receiving goes on.
    void forbidSending() {
        sendingAllowed = false;
    }

    /// CONTROL, or RX when it promotes a session: zeroes the keys. The index must have been removed from the
    /// table.
    void destroy() {
        sendingAllowed = false;
        destroyed = true;
        // A volatile store lets later plain stores pass it; the zeros must not pass it.
        VarHandle.fullFence();
        sendKey.destroy();
        receiveKey.destroy();
    }

    /// Whether the next send should be followed by a new handshake.
    boolean wantsSuccessorAfterSending(long now) {
        return Long.compareUnsigned(nextCounter.get(), REKEY_AFTER_MESSAGES) > 0
                || initiator && now - created >= REKEY_AFTER_TIME;
    }

    /// RX: the same after receiving; true once.
    boolean wantsSuccessorAfterReceiving(long now) {
        if (askedForSuccessor || !initiator || now - created < REKEY_AFTER_TIME_RECEIVING) {
            return false;
        }
        askedForSuccessor = true;
        return true;
    }
}
