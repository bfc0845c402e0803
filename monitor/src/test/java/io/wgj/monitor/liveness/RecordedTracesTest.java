// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The machines of both ends over recordings of wireguard-go, the kernel module and our engine.
class RecordedTracesTest {
    static List<Path> traces() throws IOException, URISyntaxException {
        Path folder = Path.of(RecordedTracesTest.class.getResource("traces").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".trace"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void allAreThere() throws Exception {
        assertThat(traces()).hasSize(42);
    }

    @ParameterizedTest
    @MethodSource("traces")
    void bothEndsChangeStateWhenExpected(Path file) {
        Trace trace = Trace.read(file);
        assertThat(transitions(trace)).isEqualTo(trace.expected());
    }

    /// Peers that stay alive, however odd their traffic.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "b-roams",
                "inner-host-dead",
                "wrong-source",
                "wrong-source-kernel",
                "wrong-source-wgj",
                "ping",
                "slow",
                "restart-b",
                "recreated",
                "loss30-ping",
                "loss30-one-way",
                "loss30-keepalive"
            })
    void aLivingPeerIsNeverDown(String name) throws Exception {
        Path file = traces().stream()
                .filter(path -> path.endsWith(name + ".trace"))
                .findFirst()
                .orElseThrow();
        assertThat(transitions(Trace.read(file))).isNotEmpty().noneMatch(line -> line.contains(" down "));
    }

    private static List<String> transitions(Trace trace) {
        Map<String, PeerLiveness> machines = new HashMap<>();
        List<String> transitions = new ArrayList<>();
        for (Trace.Reading reading : trace.readings()) {
            PeerLiveness machine = machines.computeIfAbsent(reading.end(), _ -> new PeerLiveness());
            PeerSample sample = reading.sample();
            if (machine.sample(sample, reading.wallNanos())) {
                assertThat(machine.sinceNanos()).isEqualTo(sample.nanos());
                transitions.add(reading.time() + " " + reading.end() + " " + inWords(machine));
            }
        }
        return transitions;
    }

    private static String inWords(PeerLiveness machine) {
        Reason reason = machine.reason();
        String numbers = switch (reason.cause()) {
            case ANSWERS_MISSING -> " " + reason.count() + " " + reason.calls();
            case CALLS_UNANSWERED, HANDSHAKES_FAILED, KEEPALIVES_STOPPED -> " " + reason.count();
            default -> "";
        };
        return machine.state().name().toLowerCase(Locale.ROOT) + " " + reason.cause() + numbers;
    }
}
