// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

/// Which rule of the state machine put a peer into its state. [Reason] has the words.
public enum Cause {
    /// Idle: no sample was taken yet.
    NO_SAMPLE,
    /// Idle: the first sample shows no handshake.
    NO_HANDSHAKE,
    /// Quiet: the first sample shows a handshake older than a session, or of unknown age.
    OLD_HANDSHAKE,
    /// Idle or quiet: calls have stopped, and both counters stand still.
    CALLS_STOPPED,
    /// Quiet: nothing was heard for longer than a session lasts, and nothing was tried.
    SILENCE,
    /// Connecting: WireGuard sends handshake initiations, and nothing has come back.
    CALLING,
    /// Up: a handshake completed, which proves both directions.
    HANDSHAKE,
    /// Up: an authentic message arrived in a valid session.
    HEARD,
    /// Up: a probe was answered, which proves both directions.
    PROBE_ANSWERED,
    /// Stale: calls are unanswered, but fewer than patience asks for.
    CALLS_UNANSWERED,
    /// Down: as many expected answers are missing as patience asks for.
    ANSWERS_MISSING,
    /// Down: handshakes are tried by either end, and none completes, even if the peer is still heard.
    HANDSHAKES_FAILED,
    /// Down: WireGuard has used up its retries.
    CALLS_GIVEN_UP,
    /// Down: keepalives are set, and not even they leave this host.
    CANNOT_SEND,
    /// Down: the far end sent keepalives in a steady rhythm, and they stopped.
    KEEPALIVES_STOPPED,
    /// Down: the kernel has no route to the peer's endpoint.
    NO_ROUTE,
    /// Down: there is a route again, but the peer was silent for longer than a session lasts, and was not heard
    /// since.
    ROUTE_UNPROVEN,
    /// Any other state: as before the route to the endpoint was missing.
    ROUTE_RETURNED,
    /// Down: it was down before the monitor restarted, and no handshake has completed since.
    DOWN_BEFORE_RESTART
}
