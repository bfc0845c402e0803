// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.host.MonitorException.Reason;
import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.config.net.ScopeNames;
import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.model.MonitorStatus;
import io.wgj.monitor.protocol.ReplyWriter;
import io.wgj.monitor.protocol.Samples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusCommandTest {
    private static final ReplyWriter WRITER = new ReplyWriter(ScopeNames.NONE);

    private final MemoryHost host = new MemoryHost();

    private Ran run(MonitorStatus status, String... words) {
        host.monitor.answers(WRITER.status(status));
        return Ran.wgj(host, words);
    }

    private static List<List<String>> cells(String table) {
        return table.lines().map(line -> List.of(line.split(" {2,}", -1))).toList();
    }

    @Test
    void aLineForEachPeer() {
        Ran ran = run(Samples.everything(), "status");
        String bare = Samples.key(2).toBase64();
        assertThat(cells(ran.out()))
                .containsExactly(
                        List.of(
                                "INTERFACE",
                                "PEER",
                                "STATE",
                                "SINCE",
                                "HANDSHAKE",
                                "RECEIVED",
                                "SENT",
                                "ENDPOINT",
                                "PROBE",
                                "REASON"),
                        List.of(
                                "wg0",
                                "office \u00c3\u00bc",
                                "up",
                                "1m5s",
                                "1m5s ago",
                                "2.0 KiB/s",
                                "2.9 MiB/s",
                                "[fe80::1%2]:51820",
                                "10.0.0.1 12.3 ms, 10 % lost",
                                "a handshake completed"),
                        List.of("wg0", bare, "stale", "0s", "never", "0 B/s", "0 B/s", "-", "-", ""),
                        List.of(
                                "wg1",
                                Samples.key(3).toBase64(),
                                "idle",
                                "0s",
                                "never",
                                "0 B/s",
                                "0 B/s",
                                "-",
                                "-",
                                ""),
                        List.of("wg2", "(no peers)"));
        assertThat(ran.err())
                .isEqualTo(
                        "wgj: status: wg0: the monitor cannot read it (Permission denied); what is shown is older\n");
        assertThat(ran.code()).isEqualTo(10);
        assertThat(host.monitor.requests).containsExactly("{\"schema\":\"wgj/1\",\"request\":\"status\"}");
    }

    @Test
    void oneInterface() {
        run(Samples.status(Samples.link("wg0", Samples.full())), "status", "wg0");
        assertThat(host.monitor.requests)
                .containsExactly("{\"schema\":\"wgj/1\",\"request\":\"status\",\"interface\":\"wg0\"}");
    }

    @ParameterizedTest
    @CsvSource({"UP, 0, 0", "QUIET, 0, 10", "IDLE, 0, 10", "STALE, 10, 10", "CONNECTING, 10, 10", "DOWN, 10, 10"})
    void theExitCodeIsTheVerdict(PeerState state, int code, int strict) {
        MonitorStatus status = Samples.status(Samples.link("wg0", Samples.full(), Samples.bare(2, state)));
        assertThat(run(status, "status").code()).isEqualTo(code);
        assertThat(run(status, "status", "--strict").code()).isEqualTo(strict);
        assertThat(run(status, "status", "--json").code()).isEqualTo(code);
    }

    @Test
    void nothingToFollowIsWell() {
        assertThat(run(Samples.status(), "status", "--strict")).isEqualTo(new Ran(0, "", ""));
    }

    @Test
    void jsonIsTheMonitorsOwn() {
        Ran ran = run(Samples.everything(), "status", "--json");
        assertThat(ran.out()).isEqualTo(new String(WRITER.status(Samples.everything()), StandardCharsets.ISO_8859_1));
        assertThat(ran.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, 8, no monitor runs in this network namespace",
        "ENDED, 8, the monitor has ended",
        "SILENT, 8, the monitor does not answer",
        "NOT_PERMITTED, 4, only root and the group wgj may read the status",
        "FAILED, 1, /run/wgj/status.sock"
    })
    void whyTheMonitorCannotBeAsked(Reason reason, int code, String sentence) {
        host.monitor.absence = reason;
        Ran ran = Ran.wgj(host, "status");
        assertThat(ran.code()).isEqualTo(code);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("wgj: status: ").contains(sentence).hasLineCount(1);

        Ran json = Ran.wgj(host, "status", "--json");
        assertThat(json.code()).isEqualTo(code);
        assertThat(json.out()).isEqualTo("{\"schema\":\"wgj/1\",\"interfaces\":[]}\n");
        assertThat(json.err()).startsWith("{\"schema\":\"wgj/1\",\"error\":{\"code\":" + code + ",");
    }

    @Test
    void anInterfaceThatIsNotFollowed() {
        host.monitor.answers(WRITER.error(5, "the monitor follows no such interface"));
        Ran ran = Ran.wgj(host, "status", "wg9");
        assertThat(ran)
                .isEqualTo(new Ran(
                        5,
                        "",
                        "wgj: status: wg9: the monitor follows no such interface; `wgj status' lists those that it"
                                + " follows\n"));
    }

    @Test
    void garbageIsASentence() {
        host.monitor.answers("HTTP/1.1 400\n".getBytes(StandardCharsets.UTF_8));
        Ran ran = Ran.wgj(host, "status");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("the reply is no JSON document; restart the monitor if wgj was upgraded");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B/s",
        "999, 999 B/s",
        "1023, 1023 B/s",
        "1024, 1.0 KiB/s",
        "1536, 1.5 KiB/s",
        "102400, 100 KiB/s",
        "1048575, 1.0 MiB/s",
        "1073741824, 1.0 GiB/s",
        "-5, 0 B/s"
    })
    void ratesHaveThreeDigits(long bytes, String text) {
        assertThat(StatusTable.rate(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"-3, 0s", "0, 0s", "59, 59s", "60, 1m0s", "3599, 59m59s", "3600, 1h0m", "86399, 23h59m", "90000, 1d1h"})
    void agesHaveTwoUnits(long seconds, String text) {
        assertThat(StatusTable.age(seconds)).isEqualTo(text);
    }
}
