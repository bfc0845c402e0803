// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness.sim;

/// What the inner hosts send.
enum TrafficKind {
    /// A ping every second.
    PING,
    /// Nothing, or one packet at the start where no keepalive would start a session.
    NONE,
    /// A packet a second, never answered.
    ONE_WAY,
    /// Bursts from either end with pauses of 90 s.
    BROWSE,
    /// Two packets a second from each end.
    BOTH,
    /// A ping every 10 s.
    SLOW_PING,
    /// 20 full packets a second: too heavy to see calls.
    BULK,
    /// A ping every 5 s, whatever becomes of it.
    PROBE_5,
    /// A probe every 5 s, and every second while one is unanswered.
    PROBE
}
