// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.model;

import java.time.Instant;

/// The monitor as those see it who follow its events. May be called from any thread.
public interface EventSource {
    /// Takes events. Called by the monitor's thread, so it must return at once and not throw.
    interface Listener {
        /// Takes the next event.
        void event(MonitorEvent event);
    }

    /// Ends a subscription; no event follows once this has returned.
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /// Passes on the recent events not older than `since`, in the caller's thread, and then each new one. None
    /// is missing or repeated between the two. Use `Instant.MAX` for new events alone.
    Subscription subscribe(Instant since, Listener listener);
}
