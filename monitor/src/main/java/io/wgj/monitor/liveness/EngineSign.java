// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

/// What an engine itself reports of a peer, beside its counters. wgj's own engine does; of other devices
/// everything is read from the counters.
public enum EngineSign {
    /// It sent an initiation.
    CALLED,
    /// An initiation of the peer came in.
    KNOCKED,
    /// It tried for as long as WireGuard tries, and has stopped.
    GAVE_UP,
    /// Something that the next sample shows: a session, another endpoint, silence.
    CHANGED
}
