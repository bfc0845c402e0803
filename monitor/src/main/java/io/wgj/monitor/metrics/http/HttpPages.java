// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.metrics.http;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.wgj.monitor.metrics.PageServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;

/// Serves the metrics of a registry with the JDK's HTTP server.
public final class HttpPages implements PageServer.Opener {
    @Override
    public PageServer open(InetSocketAddress address, PrometheusRegistry registry, ExecutorService threads)
            throws IOException {
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
