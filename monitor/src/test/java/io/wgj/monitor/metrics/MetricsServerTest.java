// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.monitor.model.EventSource;
import io.wgj.monitor.protocol.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsServerTest {
    private static final EventSource NO_EVENTS = (since, listener) -> () -> {};

    private final MetricsServer server = new MetricsServer(address("127.0.0.1", 0), device -> List.of());

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void servesThePage() throws IOException {
        server.start(Samples::everything, NO_EVENTS, _ -> {});

        String page = get("/metrics", "");

        assertThat(page).contains("wireguard_sent_bytes_total{").contains("# TYPE wgj_peer_up gauge");
        assertThat(TextFormat.problems(page)).isEmpty();
    }

    @Test
    void servesOpenMetricsToThoseWhoAskForIt() throws IOException {
        server.start(Samples::everything, NO_EVENTS, _ -> {});

        assertThat(get("/metrics", "application/openmetrics-text; version=1.0.0"))
                .endsWith("# EOF\n");
    }

    @Test
    void aPortInUseIsASentence() throws IOException {
        server.start(Samples::everything, NO_EVENTS, _ -> {});
        MetricsServer second = new MetricsServer(address("127.0.0.1", server.port()), device -> List.of());

        assertThatThrownBy(() -> second.start(Samples::everything, NO_EVENTS, _ -> {}))
                .isInstanceOf(IOException.class)
                .hasMessage("metrics: 127.0.0.1:" + server.port()
                        + ": another program listens there; choose another port, or `ss -ltnp sport = :"
                        + server.port() + "' shows which one it is");
    }

    @Test
    void anAddressOfAnotherHostIsASentence() {
        MetricsServer other = new MetricsServer(address("192.0.2.1", 9586), device -> List.of());

        assertThatThrownBy(() -> other.start(Samples::everything, NO_EVENTS, _ -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("metrics: 192.0.2.1:9586: this host does not have the address");
    }

    @Test
    void clientsThatSendNothingKeepNoOtherWaiting() throws Exception {
        server.start(Samples::everything, NO_EVENTS, _ -> {});
        Socket[] silent = new Socket[20];
        for (int i = 0; i < silent.length; i++) {
            silent[i] = new Socket(InetAddress.getLoopbackAddress(), server.port());
            silent[i].getOutputStream().write("GET /met".getBytes(StandardCharsets.US_ASCII));
        }

        assertThat(get("/metrics", "")).contains("wgj_peer_up");

        for (Socket socket : silent) {
            socket.close();
        }
    }

    private String get(String path, String accept) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + server.port() + path).toURL().openConnection();
        connection.setReadTimeout(5_000);
        if (!accept.isEmpty()) {
            connection.setRequestProperty("Accept", accept);
        }
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Endpoint.Numeric address(String address, int port) {
        return new Endpoint.Numeric(IpAddress.parse(address).orElseThrow(), port);
    }
}
