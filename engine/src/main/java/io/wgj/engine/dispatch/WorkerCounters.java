// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.dispatch;

/// What one worker did.
///
/// @param opening trains from RX that it opened, also those that another thread delivered; and all its
///     wake-ups
/// @param sealing batches from TX threads that it sealed, also those that another thread sent
public record WorkerCounters(ThreadCounters opening, ThreadCounters sealing) {
    /// All zero.
    public WorkerCounters() {
        this(new ThreadCounters(), new ThreadCounters());
    }
}
