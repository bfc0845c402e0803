// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.engine.crypto.AeadKey;
import io.wgj.engine.noise.SessionKeys;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;

/// The two keys of one session. TX takes counters and seals; RX opens and asks [#accept]; CONTROL makes and
/// destroys.
///
/// A session may be destroyed (peer removed, device down, replaced) while TX or RX works with it, and a
/// destroyed key is zeros, which anybody can read and forge. So: **TX asks [#isLive()] after sealing a
/// train and before sending it**, and throws the train away when it says no; RX is safe by [#accept], which
/// asks too.
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
    /// RX: whether keep-fresh on receiving has asked for a new session.
    private boolean askedForSuccessor;
    private volatile boolean sendingAllowed = true;
    private volatile boolean destroyed;

    /// @param keys are this session's from now on, to destroy too
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

    /// Any thread. What the peer puts into the messages it sends us.
    @Override
    public int localIndex() {
        return localIndex;
    }

    /// Any thread. What we put into the messages we send.
    public int remoteIndex() {
        return remoteIndex;
    }

    /// Any thread. Whose session this is.
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

    /// Any thread: whether sending is allowed now: younger than 180 s, counters left, not replaced by a
    /// change of our key.
    public boolean maySend(long now) {
        return sendingAllowed
                && now - created < REJECT_AFTER_TIME
                && Long.compareUnsigned(nextCounter.get(), ReplayWindow.REJECT_AFTER_MESSAGES) < 0;
    }

    /// Any thread: whether receiving is allowed now: younger than 180 s.
    public boolean mayReceive(long now) {
        return now - created < REJECT_AFTER_TIME;
    }

    /// RX: whether a message whose tag verified is new. In the order of delivery; false for a replay and
    /// for a session destroyed meanwhile.
    public boolean accept(long counter) {
        return isLive() && received.accept(counter);
    }

    /// Any thread: whether the keys were whole up to this moment, so that what was sealed or opened before
    /// the call was sealed or opened with them.
    public boolean isLive() {
        // The key's words were read with plain loads: none of them may move behind the flag.
        VarHandle.loadLoadFence();
        return !destroyed;
    }

    /// CONTROL: nothing is sent with this session any more; receiving goes on (our private key changed).
    void forbidSending() {
        sendingAllowed = false;
    }

    /// CONTROL, or RX when it promotes a session: zeroes the keys. The index must be gone from the table by
    /// now.
    void destroy() {
        sendingAllowed = false;
        destroyed = true;
        // A volatile store lets later plain ones pass it; the zeros must not.
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
