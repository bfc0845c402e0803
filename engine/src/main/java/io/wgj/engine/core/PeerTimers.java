// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import java.util.concurrent.atomic.AtomicLongArray;

/// One peer's five timers as five deadlines, and the events that move them (whitepaper section 6; kernel
/// timers.c). Nothing here waits: TX and RX store deadlines once a train, and CONTROL looks at them when the
/// earliest one that it knows has come. Every method that may arm a timer returns the armed deadline, or
/// [#NEVER]. The caller reports it to CONTROL when it is earlier than CONTROL's next look.
///
/// TX and RX may race: one arms what the other cancels. Both orders are right, because the two packets
/// crossed on the wire.
final class PeerTimers {
    /// No deadline.
    static final long NEVER = Long.MAX_VALUE;

    /// A handshake is tried again.
    static final int RETRANSMIT_HANDSHAKE = 0;
    /// A passive keepalive is sent.
    static final int SEND_KEEPALIVE = 1;
    /// Data went out and nothing came back: a new handshake is tried.
    static final int NEW_HANDSHAKE = 2;
    /// Sessions are forgotten.
    static final int ZERO_KEYS = 3;
    /// A configured keepalive is sent.
    static final int PERSISTENT_KEEPALIVE = 4;

    static final int COUNT = 5;

    private static final long SECOND = 1_000_000_000L;
    /// The least time between two initiations to a peer, and the delay of a retry.
    static final long REKEY_TIMEOUT = 5 * SECOND;
    private static final long KEEPALIVE_TIMEOUT = 10 * SECOND;
    private static final long ZERO_KEYS_AFTER = 3 * Keypair.REJECT_AFTER_TIME;
    /// Retries, each [#REKEY_TIMEOUT] after the one before, until 90 s are over.
    static final int MAX_HANDSHAKE_ATTEMPTS = 18;
    /// The bound of the random delay added to handshake timers.
    static final long MAX_JITTER = SECOND / 3;

    private final AtomicLongArray deadlines = new AtomicLongArray(COUNT);
    private volatile boolean needsAnotherKeepalive;
    private volatile int handshakeAttempts;
    /// Nanoseconds, 0 for off.
    private volatile long persistentKeepalive;
    /// Added to [#NEW_HANDSHAKE]. CONTROL draws it anew with each handshake, so that TX needs no random
    /// numbers.
    private volatile long jitter;

    PeerTimers() {
        for (int timer = 0; timer < COUNT; timer++) {
            deadlines.setPlain(timer, NEVER);
        }
    }

    /// TX: data, not only keepalives, went out.
    long dataSent(long now) {
        return armIfIdle(NEW_HANDSHAKE, now + KEEPALIVE_TIMEOUT + REKEY_TIMEOUT + jitter);
    }

    /// RX: data, not only keepalives, came in.
    long dataReceived(long now) {
        long armed = armIfIdle(SEND_KEEPALIVE, now + KEEPALIVE_TIMEOUT);
        if (armed == NEVER && !needsAnotherKeepalive) {
            needsAnotherKeepalive = true;
        }
        return armed;
    }

    /// Any thread: something authenticated went out: data, keepalive, initiation, response.
    void anyAuthenticatedSent() {
        cancel(SEND_KEEPALIVE);
    }

    /// Any thread: something authenticated came in.
    void anyAuthenticatedReceived() {
        cancel(NEW_HANDSHAKE);
    }

    /// Any thread: something authenticated went out or came in.
    long authenticatedTraversal(long now) {
        long interval = persistentKeepalive;
        return interval == 0 ? NEVER : arm(PERSISTENT_KEEPALIVE, now + interval);
    }

    /// CONTROL: an initiation went out.
    long initiationSent(long now, long newJitter) {
        jitter = newJitter;
        return arm(RETRANSMIT_HANDSHAKE, now + REKEY_TIMEOUT + newJitter);
    }

    /// CONTROL for the initiator, RX for the responder: both sides have the session.
    void handshakeComplete() {
        cancel(RETRANSMIT_HANDSHAKE);
        handshakeAttempts = 0;
    }

    /// CONTROL: new keys.
    long sessionDerived(long now) {
        return arm(ZERO_KEYS, now + ZERO_KEYS_AFTER);
    }

    /// Any thread: a handshake that is not a retry is requested.
    void attemptsStartAgain() {
        if (handshakeAttempts != 0) {
            handshakeAttempts = 0;
        }
    }

    /// CONTROL, when the retransmit timer expired: whether to try again. Giving up cancels the passive
    /// keepalive and arms the zeroing of the keys.
    boolean mayRetryHandshake(long now) {
        if (handshakeAttempts > MAX_HANDSHAKE_ATTEMPTS) {
            cancel(SEND_KEEPALIVE);
            armIfIdle(ZERO_KEYS, now + ZERO_KEYS_AFTER);
            return false;
        }
        // Only CONTROL counts up. A reset by TX that gets lost here costs one retry of nineteen.
        int attempts = handshakeAttempts;
        handshakeAttempts = attempts + 1;
        return true;
    }

    /// CONTROL: the number of the current attempt; 1 for the first.
    int attempt() {
        return handshakeAttempts + 1;
    }

    /// CONTROL, when the passive keepalive went out.
    void keepaliveSent(long now) {
        if (needsAnotherKeepalive) {
            needsAnotherKeepalive = false;
            arm(SEND_KEEPALIVE, now + KEEPALIVE_TIMEOUT);
        }
    }

    /// CONTROL, when the persistent keepalive was due: arms it again, in case nothing went out.
    long persistentKeepaliveDone(long now) {
        long interval = persistentKeepalive;
        return interval == 0 ? NEVER : armIfIdle(PERSISTENT_KEEPALIVE, now + interval);
    }

    /// CONTROL: sets the interval in nanoseconds, 0 for off. A pending keepalive keeps its time.
    void setPersistentKeepalive(long nanos) {
        persistentKeepalive = nanos;
        if (nanos == 0) {
            cancel(PERSISTENT_KEEPALIVE);
        }
    }

    long persistentKeepalive() {
        return persistentKeepalive;
    }

    /// CONTROL: stops all timers and resets the attempts.
    void stop() {
        for (int timer = 0; timer < COUNT; timer++) {
            deadlines.set(timer, NEVER);
        }
        needsAnotherKeepalive = false;
        handshakeAttempts = 0;
    }

    /// CONTROL: removes the deadline if it has come; true then.
    boolean expire(int timer, long now) {
        long deadline = deadlines.get(timer);
        return deadline <= now && deadlines.compareAndSet(timer, deadline, NEVER);
    }

    /// The earliest of all deadlines; [#NEVER] when none is pending.
    long earliest() {
        long earliest = NEVER;
        for (int timer = 0; timer < COUNT; timer++) {
            earliest = Math.min(earliest, deadlines.get(timer));
        }
        return earliest;
    }

    /// When `timer` expires.
    long deadline(int timer) {
        return deadlines.get(timer);
    }

    private long armIfIdle(int timer, long deadline) {
        return deadlines.get(timer) == NEVER ? arm(timer, deadline) : NEVER;
    }

    private long arm(int timer, long deadline) {
        deadlines.set(timer, deadline);
        return deadline;
    }

    /// A load precedes the store: usually there is nothing to cancel, and then the cache line stays shared.
    private void cancel(int timer) {
        if (deadlines.get(timer) != NEVER) {
            deadlines.set(timer, NEVER);
        }
    }
}
