// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.model;

import java.io.IOException;
import java.util.function.Consumer;

/// Serves what the monitor knows to other processes. It has threads of its own.
public interface MonitorServer extends AutoCloseable {
    /// Begins to serve. Called once.
    ///
    /// @param log takes lines about what does not work
    /// @throws IOException with a sentence that says what failed, where, why and what to do
    void start(StatusSource status, EventSource events, Consumer<String> log) throws IOException;

    /// Called when the monitor ends.
    @Override
    void close();
}
