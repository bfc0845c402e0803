// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

/// What samples say of a peer. Only [#UP] and [#DOWN] change the [Verdict]; the others inform.
public enum PeerState {
    /// Never heard, and nothing was tried.
    IDLE,
    /// WireGuard calls and has no answer yet; the peer has not been heard since it was quiet.
    CONNECTING,
    /// Heard, and nothing is missing that should have been answered since.
    UP,
    /// Nothing heard for 190 s and the keepalive interval, and nothing tried: the state is unknown.
    QUIET,
    /// Calls are unanswered, but not yet enough of them.
    STALE,
    /// Enough expected answers are missing. Stays until a handshake completes or a probe is answered.
    DOWN
}
