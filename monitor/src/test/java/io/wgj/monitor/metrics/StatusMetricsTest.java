// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.wgj.engine.uapi.EngineStat;
import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.model.EventKind;
import io.wgj.monitor.model.MonitorEvent;
import io.wgj.monitor.model.MonitorStatus;
import io.wgj.monitor.protocol.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusMetricsTest {
    private static final String PEER = "public_key=\"" + Samples.key(1).toBase64() + "\"";

    private final EventCounts events = new EventCounts();
    private MonitorStatus status = Samples.everything();

    private final StatusMetrics metrics = new StatusMetrics(
            () -> status,
            events,
            device -> List.of(
                    new EngineStat("aead", "jdk"),
                    new EngineStat("drop_rx_unknown_index", "3"),
                    new EngineStat("tx_messages", "17"),
                    new EngineStat("rx_messages", "many")));

    @Test
    void hasTheNamesAndLabelsOfTheExporterConvention() throws IOException {
        String labels =
                "{allowed_ips=\"10.0.0.0/8,fd00::/64\",friendly_name=\"office \u00fc\",interface=\"wg0\"," + PEER + "}";

        assertThat(prometheus().lines())
                .contains(
                        "# TYPE wireguard_sent_bytes_total counter",
                        "# TYPE wireguard_received_bytes_total counter",
                        "# TYPE wireguard_latest_handshake_seconds gauge",
                        "wireguard_sent_bytes_total" + labels + " 1048575.0",
                        "wireguard_received_bytes_total" + labels + " 1.8446744073709552E19",
                        "wireguard_latest_handshake_seconds" + labels + " 1.7960401221234567E9");
    }

    @Test
    void hasTheStateOfEachPeer() throws IOException {
        String labels = "{friendly_name=\"office \u00fc\",interface=\"wg0\"," + PEER;

        assertThat(prometheus().lines())
                .contains(
                        "wgj_peer_up" + labels + "} 1.0",
                        "wgj_peer_state" + labels + ",state=\"up\"} 1.0",
                        "wgj_peer_open_handshakes" + labels + "} 3.0",
                        "wgj_peer_learned_loss_ratio" + labels + "} 0.25",
                        "wgj_interface_readable{interface=\"wg0\"} 0.0",
                        "wgj_interface_readable{interface=\"wg2\"} 1.0")
                .filteredOn(line -> line.startsWith("wgj_peer_up{"))
                .as("a peer whose verdict is unknown has none")
                .hasSize(1);
    }

    @Test
    void hasWhatProbesFound() throws IOException {
        String labels = "{friendly_name=\"office \u00fc\",interface=\"wg0\"," + PEER + ",target=\"10.0.0.1\"";

        assertThat(prometheus().lines())
                .contains(
                        "wgj_probe_sent_total" + labels + "} 10.0",
                        "wgj_probe_answered_total" + labels + "} 9.0",
                        "wgj_probe_loss_ratio" + labels + "} 0.1",
                        "wgj_probe_round_trip_seconds" + labels + ",which=\"latest\"} 0.012345",
                        "wgj_probe_round_trip_seconds" + labels + ",which=\"longest\"} 0.02");
    }

    @Test
    void hasWhatEnginesCountAndLeavesOutWhatIsNoNumber() throws IOException {
        assertThat(prometheus().lines())
                .filteredOn(line -> line.startsWith("wgj_engine_"))
                .containsExactlyInAnyOrder(
                        "wgj_engine_drops_total{interface=\"wg0\",reason=\"rx_unknown_index\"} 3.0",
                        "wgj_engine_messages_total{direction=\"tx\",interface=\"wg0\"} 17.0");
    }

    @Test
    void countsEventsAndForgetsThoseOfPeersThatAreGone() throws IOException {
        events.event(Samples.event(1, "wg0"));
        events.event(Samples.event(2, "wg0"));
        events.event(event(EventKind.HANDSHAKE));
        events.event(event(EventKind.HOOK_FAILED));
        assertThat(prometheus())
                .contains("wgj_peer_state_changes_total{friendly_name=\"office \u00fc\",interface=\"wg0\"," + PEER
                        + "} 2.0\n")
                .contains("wgj_hook_failures_total{interface=\"wg0\"} 1.0\n");

        status = Samples.status();
        assertThat(prometheus()).isEmpty();
        status = Samples.everything();

        assertThat(prometheus())
                .contains(PEER + "} 0.0\n")
                .contains("wgj_hook_failures_total{interface=\"wg0\"} 0.0\n");
    }

    @Test
    void twoLinksOfOneNameAreNoReasonToFail() throws IOException {
        status = Samples.status(
                Samples.link("wg0", Samples.bare(1, PeerState.UP)), Samples.link("wg0", Samples.bare(1, PeerState.UP)));

        assertThat(prometheus().lines())
                .filteredOn(line -> line.startsWith("wireguard_sent_bytes_total{"))
                .hasSize(1);
    }

    @Test
    void everyLineOfTheTextFormatIsValid() throws IOException {
        assertThat(TextFormat.problems(prometheus())).isEmpty();
    }

    @Test
    void openMetricsHasTheSameFamilies() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OpenMetricsTextFormatWriter.create().write(out, metrics.collect(), EscapingScheme.ALLOW_UTF8);
        String text = out.toString(StandardCharsets.UTF_8);

        assertThat(text).contains("# TYPE wireguard_sent_bytes counter").endsWith("# EOF\n");
    }

    @Test
    void promtoolFindsNothingWrong() throws Exception {
        Path promtool = Path.of("/usr/bin/promtool");
        assumeTrue(Files.isExecutable(promtool), "promtool is not installed: apt-get install prometheus");
        Process check = new ProcessBuilder(promtool.toString(), "check", "metrics")
                .redirectErrorStream(true)
                .start();
        try (OutputStream in = check.getOutputStream()) {
            in.write(prometheus().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(check.waitFor()).isZero();
    }

    private String prometheus() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(out, metrics.collect(), EscapingScheme.ALLOW_UTF8);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static MonitorEvent event(EventKind kind) {
        MonitorEvent up = Samples.event(3, "wg0");
        return new MonitorEvent(3, up.time(), kind, up.iface(), up.peer(), Optional.empty(), "");
    }
}
