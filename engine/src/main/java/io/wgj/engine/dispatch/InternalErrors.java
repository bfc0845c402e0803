// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.dispatch;

import io.wgj.engine.io.OperatorLog;

/// Handles exceptions that should not exist: counts each, reports the first, and lets the thread go on. A
/// datagram that triggers a bug must not end the tunnel for every peer.
public final class InternalErrors {
    private final ThreadCounters counters;
    private final OperatorLog operatorLog;
    private boolean reported;

    /// @param counters the counters of the thread
    public InternalErrors(ThreadCounters counters, OperatorLog operatorLog) {
        this.counters = counters;
        this.operatorLog = operatorLog;
    }

    /// Counts the failure, and reports it when it is the first of this thread.
    public void recovered(RuntimeException failure) {
        counters.failed();
        if (!reported) {
            reported = true;
            operatorLog.report(sentence(failure));
        }
    }

    /// The log line of a failure: what was thrown, and where.
    public static String sentence(RuntimeException failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        String place = stack.length == 0 ? "" : " at " + stack[0];
        return "internal error (recovered); please report it: " + failure + place;
    }
}
