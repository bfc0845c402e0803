// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

/// The last of [PeerState#UP] and [PeerState#DOWN] that a peer was in. Scripts and routes follow it.
public enum Verdict {
    /// Neither yet.
    UNKNOWN,
    /// The peer was up last.
    UP,
    /// The peer was down last.
    DOWN
}
