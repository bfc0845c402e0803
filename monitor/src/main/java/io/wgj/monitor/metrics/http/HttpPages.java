// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.metrics.http;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.wgj.monitor.metrics.PageServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Serves the metrics of a registry with the JDK's HTTP server.
public final class HttpPages implements PageServer.Opener {
    /// Both log a stack trace when a client goes away in the middle of a page. The JDK forgets what was set of a
    /// logger that nothing refers to.
    private static final List<Logger> QUIET =
            List.of(Logger.getLogger("io.prometheus"), Logger.getLogger("com.sun.net.httpserver"));

    @Override
    public PageServer open(InetSocketAddress address, PrometheusRegistry registry, ExecutorService threads)
            throws IOException {
        QUIET.forEach(logger -> logger.setLevel(Level.OFF));
        HTTPServer server = HTTPServer.builder()
                .inetAddress(address.getAddress())
                .port(address.getPort())
                .registry(registry)
                .executorService(threads)
                .buildAndStart();
        return new PageServer() {
            @Override
            public int port() {
                return server.getPort();
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }
}
