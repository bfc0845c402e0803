// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

/// Tries of a handshake, of either end, since the last one that completed. A *round* is a try at least 4 s
/// after the one before: both ends calling at once are one round.
final class Rounds {
    private static final long LONG_AGO = -2 * Timing.ROUND;

    private long latest = LONG_AGO;
    private long pendingUntil;
    private int pending; // tries of the latest round, which may still be answered
    private int tries;
    private int failed;

    /// Returns how many new rounds these messages are. Several calls, which only a long step shows, are as many
    /// rounds.
    int add(Messages messages, long now) {
        if (messages.tries() == 0 || (now - latest < Timing.ROUND)) {
            return 0;
        }
        latest = now;
        // Both ends calling at once are one round.
        int rounds = Math.max(messages.calls(), messages.knocks());
        tries += rounds;
        return rounds;
    }

    /// Counts the rounds that have waited long enough, and lets these new ones wait. Rounds lie further apart
    /// than they wait, so there is only one group of them.
    void await(int rounds, long now) {
        if (pendingUntil <= now) {
            failed += pending;
            pending = 0;
        }
        if (rounds > 0) {
            pendingUntil = now + Timing.CALL_WAIT;
            pending += rounds;
        }
    }

    /// Observed time starts anew.
    void restart() {
        latest = LONG_AGO;
        reset();
    }

    /// A handshake completed, or what was tried before says nothing any more.
    void reset() {
        tries = 0;
        closeOpen();
    }

    /// Both directions are proven, without a handshake.
    void closeOpen() {
        failed = 0;
        pending = 0;
    }

    /// All rounds since the last completed handshake.
    int tries() {
        return tries;
    }

    /// The *open* rounds: those that have waited long enough for an answer.
    int failed() {
        return failed;
    }

    boolean arePending() {
        return pending > 0;
    }
}
