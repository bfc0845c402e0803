// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.device.DeviceException;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineProblemsTest {
    private static final PublicKey PEER = PublicKey.parseBase64("xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=")
            .orElseThrow();
    private static final Instant NOON = Instant.ofEpochSecond(1_796_126_400, 123_000_000);

    @Test
    void theLinesOfAReplyHaveEverything() throws Exception {
        EngineProblems problems = new EngineProblems(
                List.of(
                        new DropReport(
                                "handshake_unknown_peer",
                                3,
                                Optional.of(NOON),
                                Optional.of(PEER),
                                IpAddress.parse("2001:db8::9"),
                                51_820),
                        new DropReport("rx_malformed", 1, Optional.empty(), Optional.empty(), Optional.empty(), 0)),
                List.of(
                        new NetworkReport(
                                new Endpoint.Numeric(IpAddress.parse("fe80::1").orElseThrow(), 5, 7),
                                Optional.of(PEER),
                                IpAddress.parse("fe80::2"),
                                1,
                                4,
                                111,
                                3,
                                NOON,
                                NOON.plusSeconds(2)),
                        new NetworkReport(
                                new Endpoint.Numeric(
                                        IpAddress.parse("192.0.2.1").orElseThrow(), 5),
                                Optional.empty(),
                                Optional.empty(),
                                0,
                                0,
                                101,
                                1,
                                NOON,
                                NOON)));

        assertThat(EngineProblems.of(problems.lines())).isEqualTo(problems);
        assertThat(problems.network().getFirst().reason()).isEqualTo("port unreachable");
        assertThat(problems.network().getLast().reason()).isEqualTo("Network is unreachable");
    }

    @Test
    void anotherServerHasNone() throws Exception {
        try (FakeServedDevice served = new FakeServedDevice()) {
            assertThat(served.client().problems()).isEqualTo(EngineProblems.NONE);
            assertThat(served.ask("wgj_problems=1\nmore\n\n", 1)).isEqualTo("errno=22\n\n");
        }
    }

    @Test
    void whatANewerEngineAddsIsSkipped() throws Exception {
        assertThat(EngineProblems.of(List.of(
                        new EngineStat("moon", "phase=new"),
                        new EngineStat("drop", "reason=x count=2 colour=red nonsense"))))
                .isEqualTo(new EngineProblems(
                        List.of(new DropReport("x", 2, Optional.empty(), Optional.empty(), Optional.empty(), 0)),
                        List.of()));
        assertThatThrownBy(() -> EngineProblems.of(List.of(new EngineStat("drop", "count=two"))))
                .isInstanceOf(DeviceException.class);
    }
}
