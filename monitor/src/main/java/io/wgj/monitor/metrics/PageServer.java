// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.metrics;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;

/// A running HTTP server.
public interface PageServer extends AutoCloseable {
    /// Starts one.
    interface Opener {
        /// Serves the metrics of `registry`, each request in one of `threads`.
        PageServer open(InetSocketAddress address, PrometheusRegistry registry, ExecutorService threads)
                throws IOException;
    }

    /// The port that it listens at.
    int port();

    @Override
    void close();
}
