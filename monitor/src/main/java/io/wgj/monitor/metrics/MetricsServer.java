// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.metrics;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.wgj.config.net.Endpoint;
import io.wgj.monitor.model.EventSource;
import io.wgj.monitor.model.MonitorServer;
import io.wgj.monitor.model.StatusSource;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Serves metrics over HTTP, in the text formats of Prometheus and OpenMetrics. Threads of its own serve clients.
/// One that sends or reads slowly is disconnected, and so are those beyond 50 at once.
public final class MetricsServer implements MonitorServer {
    private static final int LOWEST_FREE_PORT = 1024;
    private static final int MOST_CONNECTIONS = 50;
    private static final long IDLE_SECONDS = 30;

    private final Endpoint.Numeric address;
    private final EngineCounters engines;
    private @Nullable PageServer server;
    private @Nullable ExecutorService threads;
    private EventSource.@Nullable Subscription subscription;

    /// @param address to listen at; port 0 takes any that is free
    public MetricsServer(Endpoint.Numeric address, EngineCounters engines) {
        this.address = address;
        this.engines = engines;
    }

    @Override
    public void start(StatusSource status, EventSource events, Consumer<String> log) throws IOException {
        limitClients();
        EventCounts counts = new EventCounts();
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(new StatusMetrics(status, counts, engines));
        // The JDK's server reads a request in one of these, so each connection may keep one.
        ExecutorService pool = new ThreadPoolExecutor(
                0,
                2 * MOST_CONNECTIONS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().daemon().name("metrics-", 0).factory());
        try {
            server = HttpClasses.opener()
                    .open(
                            new InetSocketAddress(
                                    InetAddress.ofLiteral(address.address().text()), address.port()),
                            registry,
                            pool);
        } catch (SocketException failure) {
            pool.shutdownNow();
            throw new IOException(sentence(failure), failure);
        }
        threads = pool;
        // From the start, as clients see counters that begin at 0.
        subscription = events.subscribe(Instant.MAX, counts);
        log.accept("metrics: http://" + address.text() + "/metrics");
    }

    /// Seconds in which a request must have been sent, and its answer read; and connections at once. The JDK's
    /// server reads these properties when its classes are loaded.
    private static void limitClients() {
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "20");
        System.setProperty("sun.net.httpserver.idleInterval", "30");
        System.setProperty("jdk.httpserver.maxConnections", String.valueOf(MOST_CONNECTIONS));
    }

    private String sentence(SocketException failure) {
        String where = "metrics: " + address.text() + ": ";
        String message = String.valueOf(failure.getMessage());
        if (message.contains("in use")) {
            return where + "another program listens there; choose another port, or `ss -ltnp sport = :" + address.port()
                    + "' shows which one it is";
        }
        if (message.contains("Permission denied") && address.port() < LOWEST_FREE_PORT) {
            return where
                    + "the monitor keeps no right to listen below port 1024; choose a port from 1024 on, such as 9586";
        }
        if (failure instanceof BindException && message.contains("assign requested address")) {
            return where + "this host does not have the address; `ip address' lists those it has";
        }
        return where + message;
    }

    /// The port that it listens at.
    public int port() {
        return server == null ? 0 : server.port();
    }

    @Override
    public void close() {
        if (subscription != null) {
            subscription.close();
        }
        if (threads != null) {
            threads.shutdownNow();
        }
        if (server != null) {
            server.close();
        }
    }
}
