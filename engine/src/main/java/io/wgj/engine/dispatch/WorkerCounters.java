// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.dispatch;

/// What one worker did.
///
/// @param opening trains from RX that it opened, whoever delivered them; and all its wake-ups
/// @param sealing batches from TX threads that it sealed, whoever sent them
public record WorkerCounters(ThreadCounters opening, ThreadCounters sealing) {
    public WorkerCounters() {
        this(new ThreadCounters(), new ThreadCounters());
    }
}
