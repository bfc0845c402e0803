// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

/// WireGuard's own timers as an observer sees them, in nanoseconds, with room for the way there and back.
final class Timing {
    static final long SECOND = 1_000_000_000L;
    static final long MILLISECOND = 1_000_000L;

    /// REJECT_AFTER_TIME: a session older than this carries no data, in either direction.
    static final long SESSION = 180 * SECOND;

    /// A gap between two samples counts as observed time up to this much. So a sampler that was stopped, or a
    /// host that slept, cannot make anything overdue.
    static final long LONGEST_STEP = 6 * SECOND;

    /// The answer to a call may come this long after the sample that showed the call.
    static final long CALL_WAIT = 1_500 * MILLISECOND;

    /// The same for ordinary traffic.
    static final long TRAFFIC_WAIT = 2 * SECOND;

    /// Data that is answered by nothing else gets a keepalive after KEEPALIVE_TIMEOUT, 10 s.
    static final long PASSIVE_KEEPALIVE = 12 * SECOND;

    /// The latest time of WireGuard's first call after unanswered data: 15 s, jitter, and a late timer.
    static final long FIRST_CALL = 16_200 * MILLISECOND;

    /// The latest time of the next call after one: REKEY_TIMEOUT 5 s, jitter, and a late timer.
    static final long NEXT_CALL = 5_900 * MILLISECOND;

    /// Two tries closer than this belong to one round. REKEY_TIMEOUT keeps the tries of one end 5 s apart.
    static final long ROUND = 4 * SECOND;

    private Timing() {}
}
