// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.dispatch;

import io.wgj.engine.io.OperatorLog;

/// What a thread does about exceptions that should not exist: it counts each, says the first, and goes on. A
/// datagram that finds a mistake of ours must not end the tunnel for everybody.
public final class InternalErrors {
    private final ThreadCounters counters;
    private final OperatorLog notices;
    private boolean said;

    /// @param counters the thread's own
    public InternalErrors(ThreadCounters counters, OperatorLog notices) {
        this.counters = counters;
        this.notices = notices;
    }

    public void survived(RuntimeException mistake) {
        counters.failed();
        if (!said) {
            said = true;
            notices.say(described(mistake));
        }
    }

    public static String described(RuntimeException mistake) {
        StackTraceElement[] stack = mistake.getStackTrace();
        String place = stack.length == 0 ? "" : " at " + stack[0];
        return "a mistake of the engine's own, survived; please report it: " + mistake + place;
    }
}
