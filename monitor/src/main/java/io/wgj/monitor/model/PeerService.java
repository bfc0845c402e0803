// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.model;

import org.jspecify.annotations.Nullable;

/// Does something about peers: probes them, withdraws their routes, resolves their endpoints. Every method is
/// called by the monitor's thread, which must never be kept waiting: work that takes time belongs into a thread
/// of the service, which comes back through [MonitorContext#execute].
public interface PeerService extends AutoCloseable {
    /// Makes a service of a monitor that is about to begin its first round.
    @FunctionalInterface
    interface Factory {
        PeerService of(MonitorContext monitor);
    }

    /// Called when a peer appears or changes. A change is another state, verdict, endpoint, list of allowed IPs,
    /// number of open rounds, name of the interface, or section of the configuration file; mere traffic is none.
    /// Ask [MonitorContext#peer] for the latest values.
    ///
    /// @param before null for a peer that appears, also at the monitor's start
    default void changed(@Nullable PeerView before, PeerView now) {}

    /// Called when a peer is gone, with its interface or without.
    default void gone(PeerView last) {}

    /// Called when links, addresses, routes or rules of the namespace changed; at most once a round.
    default void routingChanged() {}

    /// Called when a route or rule that may be `wgj-quick`'s was deleted, or may have been; at most once a round.
    default void ownRoutingRemoved() {}

    /// Called when the monitor ends. Tunnels stay as they are.
    @Override
    void close();
}
