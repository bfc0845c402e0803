// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

/// The pauses before the last lone keepalives of the far end, while this end sends none. A far end with a
/// persistent keepalive speaks once per interval of silence. That is habit, not protocol.
final class KeepaliveRhythm {
    private static final int BEATS = 4;
    private static final long SHORTEST = 15 * Timing.SECOND;
    private static final long SPREAD = 6 * Timing.SECOND;
    private static final long LATENESS = 3 * Timing.SECOND;

    private static final long[] NONE = new long[BEATS];

    private long[] pauses = NONE; // a ring, made with the first keepalive: most peers never need it
    private int next;
    private int size;

    /// Takes one sample's growth.
    ///
    /// @param still     how long both counters had stood still before
    /// @param handshake whether any message of a handshake was seen
    void note(long rx, long tx, long still, int ownKeepalive, boolean handshake) {
        if (ownKeepalive > 0) {
            forget();
        } else if (rx == Messages.KEEPALIVE && tx == 0) {
            if (still > SHORTEST) {
                if (pauses == NONE) {
                    pauses = new long[BEATS];
                }
                pauses[next] = still;
                next = (next + 1) % BEATS;
                size = Math.min(size + 1, BEATS);
            }
        } else if ((rx > 0 || tx > 0) && !handshake) {
            forget();
        }
    }

    void forget() {
        size = 0;
    }

    boolean isSteady() {
        return size == BEATS && interval() - shortest() <= SPREAD;
    }

    /// How many keepalives are missing after both counters stood still for `still`; 0 without a steady rhythm.
    long missing(long still) {
        return isSteady() ? (still - LATENESS) / interval() : 0;
    }

    /// The longest of the pauses.
    long interval() {
        return Math.max(Math.max(pauses[0], pauses[1]), Math.max(pauses[2], pauses[3]));
    }

    private long shortest() {
        return Math.min(Math.min(pauses[0], pauses[1]), Math.min(pauses[2], pauses[3]));
    }
}
