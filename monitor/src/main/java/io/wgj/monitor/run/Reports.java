// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.monitor.liveness.Verdict;
import io.wgj.monitor.model.EventKind;
import io.wgj.monitor.model.PeerView;
import org.jspecify.annotations.Nullable;

/// Takes what peers and interfaces notice.
interface Reports {
    /// The times of this round.
    Times times();

    /// Something happened to a peer that is no change of its state.
    void event(EventKind kind, WatchedPeer peer, String reason);

    /// Something happened to an interface.
    void event(EventKind kind, FoundInterface iface, String reason);

    /// A peer's state or verdict changed.
    ///
    /// @param isNews whether the state is to be reported as an event
    void changed(WatchedPeer peer, boolean isNews, Verdict verdictBefore);

    /// What services see of a peer changed.
    ///
    /// @param before null for a peer that appears
    void view(@Nullable PeerView before, PeerView now);

    /// A peer that services have seen is gone.
    void gone(PeerView last);

    /// A peer was removed from its interface, or went with it.
    void departed(WatchedPeer peer, FoundInterface iface, InterfaceSettings settings);

    /// Whether a peer of this interface is back that was there a moment ago, or before a restart; gives it what
    /// was known of it.
    void arrived(WatchedPeer peer, FoundInterface iface);
}
