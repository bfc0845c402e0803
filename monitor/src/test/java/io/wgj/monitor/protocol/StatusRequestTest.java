// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.net.DeviceName;
import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.protocol.StatusRequest.Events;
import io.wgj.monitor.protocol.StatusRequest.Show;
import io.wgj.monitor.protocol.StatusRequest.Status;
import io.wgj.monitor.protocol.StatusRequest.Wait;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StatusRequestTest {
    private static final DeviceName WG0 = new DeviceName("wg0");

    private static StatusRequest parse(String line) throws ProtocolException {
        return StatusRequest.parse(line.getBytes(StandardCharsets.UTF_8));
    }

    static List<StatusRequest> requests() {
        return List.of(
                new Status(Optional.empty()),
                new Status(Optional.of(WG0)),
                new Show(Optional.empty()),
                new Show(Optional.of(new DeviceName("w\u00c3\u00bc"))),
                new Events(Optional.empty(), Optional.empty()),
                new Events(Optional.of(WG0), Optional.of(Instant.parse("2026-11-30T12:03:07Z"))),
                new Wait(WG0, Optional.empty()),
                new Wait(WG0, Optional.of("office \"1\"")));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void readsWhatItWrites(StatusRequest request) throws ProtocolException {
        String line = new String(request.line(), StandardCharsets.UTF_8);
        assertThat(line).startsWith("{\"schema\":\"wgj/1\",").endsWith("}\n");
        assertThat(parse(line.strip())).isEqualTo(request);
    }

    @Test
    void theSchemaMayBeLeftOut() throws ProtocolException {
        assertThat(parse("{\"request\":\"status\"}")).isEqualTo(new Status(Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "status | the request is not one JSON object on one line",
                "[] | a request is a JSON object, as in {\"request\":\"status\"}",
                "7 | a request is a JSON object, as in {\"request\":\"status\"}",
                "{\"request\":\"status\"} {} | a line holds one request; something follows the first",
                "{\"request\":\"status\" | the request is not one JSON object on one line",
                "{\"request\":\"status\",\"request\":\"show\"} | the request is not one JSON object on one line",
                "{} | request: it is missing; it is status, show, events or wait",
                "{\"request\":\"set\"} | request: \"set\" is none of status, show, events and wait",
                "{\"request\":7} | \"request\": its value has to be text",
                "{\"request\":[[[]]]} | \"request\": its value has to be text",
                "{\"request\":\"status\",\"secrets\":\"yes\"} | \"secrets\": no such member; a request has request, interface,"
                        + " peer, since and schema",
                "{\"request\":\"status\",\"peer\":\"x\"} | peer: this request has no such member",
                "{\"request\":\"wait\",\"interface\":\"wg0\",\"since\":\"x\"} | since: this request has no such member",
                "{\"request\":\"wait\"} | wait: the interface is missing",
                "{\"request\":\"events\",\"since\":\"noon\"} | since: a time is written as 2026-11-30T12:03:07Z, not \"noon\"",
                "{\"schema\":\"wgj/2\",\"request\":\"status\"} | schema: this monitor speaks wgj/1, not \"wgj/2\"",
            })
    void saysWhatIsWrong(String line, String sentence) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(ProtocolException.class)
                .hasMessage(sentence);
    }

    /// No input escapes the declared exception.
    @Test
    void anyBytesAreARequestOrARefusal() {
        Random random = new Random(14);
        byte[] request = new Wait(WG0, Optional.of("office")).line();
        for (int i = 0; i < 20_000; i++) {
            byte[] line = request.clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                line[random.nextInt(line.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(StatusRequest.parse(line)).isNotNull();
            } catch (ProtocolException refused) {
                assertThat(refused.sentence()).isNotBlank().hasSizeLessThan(400);
            }
        }
    }

    @Test
    void waitingIsOverWhenEveryPeerIsUp() {
        Wait all = new Wait(WG0, Optional.empty());
        assertThat(all.isMet(Samples.status())).isFalse();
        assertThat(all.isMet(Samples.status(Samples.link("wg0")))).isFalse();
        assertThat(all.isMet(Samples.status(Samples.link("wg1", Samples.full()))))
                .isFalse();
        assertThat(all.isMet(Samples.status(Samples.link("wg0", Samples.full()))))
                .isTrue();
        for (PeerState state : PeerState.values()) {
            assertThat(all.isMet(Samples.status(Samples.link("wg0", Samples.bare(7, state), Samples.full()))))
                    .isEqualTo(state == PeerState.UP);
        }
    }

    @Test
    void waitingForOnePeerIgnoresTheOthers() {
        var link = Samples.status(
                Samples.link("wg0", Samples.bare(7, PeerState.DOWN), Samples.full(), Samples.bare(8, PeerState.IDLE)));
        assertThat(new Wait(WG0, Optional.of("office \u00c3\u00bc")).isMet(link))
                .isTrue();
        assertThat(new Wait(WG0, Optional.of(Samples.key(1).toBase64())).isMet(link))
                .isTrue();
        assertThat(new Wait(WG0, Optional.of(Samples.key(7).toBase64())).isMet(link))
                .isFalse();
        assertThat(new Wait(WG0, Optional.of("nobody")).isMet(link)).isFalse();
    }
}
