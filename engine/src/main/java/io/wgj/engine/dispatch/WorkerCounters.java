// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.dispatch;

/// What one worker did.
///
/// @param opening trains from RX that it opened, whoever delivered them; and all its wake-ups
/// @param sealing batches from TX threads that it sealed, whoever sent them
public record WorkerCounters(PathCounters opening, PathCounters sealing) {
    public WorkerCounters() {
        this(new PathCounters(), new PathCounters());
    }
}
