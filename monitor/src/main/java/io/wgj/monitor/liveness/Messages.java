// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

/// Which messages of WireGuard the growth of a peer's counters stands for.
///
/// @param calls  handshake initiations that this host sent
/// @param knocks handshake initiations of the far end that arrived: mostly seen by the response to them
/// @param data   whether more was sent than keepalives
record Messages(int calls, int knocks, boolean data) {
    static final Messages NONE = new Messages(0, 0, false);
    private static final Messages DATA = new Messages(0, 0, true);
    private static final Messages KNOCK = new Messages(0, 1, false);

    static final long INITIATION = 148;
    static final long KEEPALIVE = 32;
    private static final long RESPONSE = 92;

    /// Decodes the growth of the counters in `step` nanoseconds.
    ///
    /// Data messages are a multiple of 16 bytes, an initiation is 4 modulo 16, a response 12. That shows in the
    /// sent bytes while they are too few for a packet as large as the MTU, which has no padding: below `limit`.
    ///
    /// @param keepalive the persistent keepalive interval in seconds; 0 for none
    /// @param still     how long the counters had stood still before
    static Messages decode(long tx, long rx, long step, int keepalive, long still, long limit) {
        if (tx == 0 && rx == 0) {
            return NONE;
        }
        if (tx >= limit) {
            boolean knock = rx == INITIATION;
            return tx > 0 ? (knock ? new Messages(0, 1, true) : DATA) : knock ? KNOCK : NONE;
        }
        int calls = 0;
        int knocks = 0;
        if (rx == 0) {
            calls = unansweredCalls(tx, step);
        } else if (tx % 16 == 4) {
            calls = 1;
        } else if (tx % 16 == 12) {
            knocks = 1;
        } else if (rx == INITIATION && tx == 0 && still > Timing.ROUND) {
            return KNOCK; // It called, and our response could not be sent.
        }
        long rest = tx - INITIATION * calls - RESPONSE * knocks;
        long keepalives = 1 + step / (10 * Timing.SECOND) + (keepalive > 0 ? step / (keepalive * Timing.SECOND) : 0);
        boolean data = rest > KEEPALIVE * keepalives;
        return calls + knocks == 0 ? (data ? DATA : NONE) : new Messages(calls, knocks, data);
    }

    /// Nothing came back, so several calls, 5 s apart, may lie in one step.
    private static int unansweredCalls(long tx, long step) {
        int calls = (int) (tx % 16) / 4;
        return calls <= step / (5 * Timing.SECOND) + 1 && INITIATION * calls <= tx ? calls : 0;
    }

    /// The same with at least as many calls and knocks: those that the engine itself has reported. A sample may
    /// show one before its report comes, so they are not added up.
    Messages withAtLeast(int moreCalls, int moreKnocks) {
        return moreCalls <= calls && moreKnocks <= knocks
                ? this
                : new Messages(Math.max(calls, moreCalls), Math.max(knocks, moreKnocks), data);
    }

    /// Calls and knocks.
    int tries() {
        return calls + knocks;
    }
}
