// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.config.net.ScopeNames;
import io.wgj.monitor.protocol.ReplyWriter;
import io.wgj.monitor.protocol.Samples;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventsCommandTest {
    private static final ReplyWriter WRITER = new ReplyWriter(ScopeNames.NONE);

    private final MemoryHost host = new MemoryHost();

    @Test
    void linesAreThePassedOnUntilTheMonitorEnds() {
        byte[] first = WRITER.event(Samples.event(1, "wg0"));
        byte[] second = WRITER.event(Samples.event(2, "wg1"));
        host.monitor.answers(first, second);
        Ran ran = Ran.wgj(host, "events");
        assertThat(ran.out())
                .isEqualTo(new String(first, StandardCharsets.ISO_8859_1)
                        + new String(second, StandardCharsets.ISO_8859_1));
        assertThat(ran.err()).isEqualTo("wgj: events: the monitor has ended, or dropped this connection\n");
        assertThat(ran.code()).isEqualTo(8);
        assertThat(host.monitor.requests).containsExactly("{\"schema\":\"wgj/1\",\"request\":\"events\"}");
    }

    @ParameterizedTest
    @CsvSource({"10m, 2023-11-14T22:03:20Z", "1h30m, 2023-11-14T20:43:20Z", "2023-11-14T22:00:00Z, 2023-11-14T22:00:00Z"
    })
    void recentEventsFrom(String since, String time) {
        host.monitor.answers();
        Ran.wgj(host, "events", "wg0", "--since", since);
        assertThat(host.monitor.requests)
                .containsExactly("{\"schema\":\"wgj/1\",\"request\":\"events\",\"interface\":\"wg0\",\"since\":\""
                        + time + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "", "2023-11-14T22:00:00", "-5m"})
    void aTimeThatIsNone(String since) {
        Ran ran = Ran.wgj(host, "events", "--since=" + since);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--since: a time is how long ago, such as 10m");
    }

    @Test
    void withoutAMonitor() {
        Ran ran = Ran.wgj(host, "events");
        assertThat(ran.code()).isEqualTo(8);
        assertThat(ran.err()).contains("no monitor runs in this network namespace");
    }

    @Test
    void outputThatIsNotTakenEndsIt() {
        host.outputIsTaken = false;
        host.monitor.answers(WRITER.event(Samples.event(1, "wg0")), WRITER.event(Samples.event(2, "wg0")));
        Ran ran = Ran.wgj(host, "events");
        assertThat(ran.out().lines()).hasSize(1);
        assertThat(ran.err()).isEmpty();
    }
}
