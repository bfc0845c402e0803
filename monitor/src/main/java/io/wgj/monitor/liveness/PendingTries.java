// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

/// Calls and knocks whose answers may still come, with the time after which they are missing.
///
/// Rounds lie 4 s apart and are pending for 1.5 s; only a call that is implied by heavy traffic may fall
/// between them. So two groups are enough, and no list is needed for each peer.
final class PendingTries {
    private long first;
    private long second;
    private int inFirst;
    private int inSecond;

    void add(long due, int count) {
        if (inFirst == 0) {
            first = due;
            inFirst = count;
        } else {
            second = due;
            inSecond += count;
        }
    }

    /// Removes those that are due by now, and returns their number.
    int takeDue(long now) {
        int taken = 0;
        while (inFirst > 0 && first <= now) {
            taken += inFirst;
            first = second;
            inFirst = inSecond;
            inSecond = 0;
        }
        return taken;
    }

    boolean isEmpty() {
        return inFirst == 0;
    }

    void clear() {
        inFirst = 0;
        inSecond = 0;
    }
}
