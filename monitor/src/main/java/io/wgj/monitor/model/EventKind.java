// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.model;

import io.wgj.monitor.liveness.PeerState;

/// The kinds of events. Their words appear in JSON, in the log and in `WGJ_EVENT`, so they never change.
public enum EventKind {
    /// The peer is up. With a change of the verdict, `PeerUp` runs.
    PEER_UP("peer-up"),
    /// The peer is down. `PeerDown` runs.
    PEER_DOWN("peer-down"),
    /// Calls are unanswered.
    PEER_STALE("peer-stale"),
    /// WireGuard calls a peer that was quiet.
    PEER_CONNECTING("peer-connecting"),
    /// Nothing was heard for long, and nothing was tried.
    PEER_QUIET("peer-quiet"),
    /// Nothing was ever heard, and nothing is tried any more.
    PEER_IDLE("peer-idle"),
    /// The interface has a new peer.
    PEER_ADDED("peer-added"),
    /// The interface has lost a peer.
    PEER_REMOVED("peer-removed"),
    /// The peer is seen at another address or port, or was given another.
    ENDPOINT_MOVED("endpoint-moved"),
    /// A handshake completed.
    HANDSHAKE("handshake"),
    /// An interface is there.
    INTERFACE_APPEARED("interface-appeared"),
    /// An interface is gone.
    INTERFACE_VANISHED("interface-vanished"),
    /// The settings of an interface changed: its key, port or mark.
    INTERFACE_CHANGED("interface-changed"),
    /// A script failed, or was ended because its time was over.
    HOOK_FAILED("hook-failed"),
    /// A named endpoint was resolved again.
    ENDPOINT_RESOLVED("endpoint-resolved"),
    /// The routes of a peer that is down were withdrawn.
    ROUTES_WITHDRAWN("routes-withdrawn"),
    /// The withdrawn routes of a peer are back.
    ROUTES_RESTORED("routes-restored"),
    /// A route that `wgj-quick` added was removed by something else.
    ROUTE_REMOVED("route-removed"),
    /// A rule that `wgj-quick` added was removed by something else.
    RULE_REMOVED("rule-removed"),
    /// Anything else that an administrator should know.
    MESSAGE("message");

    private final String text;

    EventKind(String text) {
        this.text = text;
    }

    /// The word for it.
    public String text() {
        return text;
    }

    /// The event of a peer that enters `state`.
    public static EventKind of(PeerState state) {
        return switch (state) {
            case IDLE -> PEER_IDLE;
            case CONNECTING -> PEER_CONNECTING;
            case UP -> PEER_UP;
            case QUIET -> PEER_QUIET;
            case STALE -> PEER_STALE;
            case DOWN -> PEER_DOWN;
        };
    }
}
