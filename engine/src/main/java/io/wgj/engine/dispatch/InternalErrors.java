// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.dispatch;

import io.wgj.engine.io.OperatorLog;

/// What a thread does about exceptions that should not exist: it counts each, says the first, and goes on. A
/// datagram that finds a mistake of ours must not end the tunnel for everybody.
public final class InternalErrors {
    private final ThreadCounters counters;
    private final OperatorLog operatorLog;
    private boolean said;

    /// @param counters the thread's own
    public InternalErrors(ThreadCounters counters, OperatorLog operatorLog) {
        this.counters = counters;
        this.operatorLog = operatorLog;
    }

    public void recovered(RuntimeException failure) {
        counters.failed();
        if (!said) {
            said = true;
            operatorLog.report(sentence(failure));
        }
    }

    public static String sentence(RuntimeException failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        String place = stack.length == 0 ? "" : " at " + stack[0];
        return "a mistake of the engine's own, survived; please report it: " + failure + place;
    }
}
