// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.io.Notices;

/// What a thread does about exceptions that should not exist: it counts each, says the first, and goes on. A
/// datagram that finds a mistake of ours must not end the tunnel for everybody.
final class Mistakes {
    private final PathCounters counters;
    private final Notices notices;
    private boolean said;

    /// @param counters the thread's own
    Mistakes(PathCounters counters, Notices notices) {
        this.counters = counters;
        this.notices = notices;
    }

    void survived(RuntimeException mistake) {
        counters.failed();
        if (!said) {
            said = true;
            notices.say(described(mistake));
        }
    }

    static String described(RuntimeException mistake) {
        StackTraceElement[] stack = mistake.getStackTrace();
        String place = stack.length == 0 ? "" : " at " + stack[0];
        return "a mistake of the engine's own, survived; please report it: " + mistake + place;
    }
}
