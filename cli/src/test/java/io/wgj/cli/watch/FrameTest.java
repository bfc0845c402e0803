// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.watch.PeerTable.Order;
import io.wgj.config.text.DisplayWidth;
import io.wgj.monitor.liveness.PeerState;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Screens as golden text: 2026-11-30T12:03:07Z and a few seconds, three peers, and what keys chose.
class FrameTest {
    private final PeerTable table = Scenes.table(
            Scenes.three(0, 0, "192.0.2.1"),
            Scenes.three(1, 500_000, "192.0.2.1"),
            Scenes.three(2, 1_000_000, "192.0.2.1"),
            Scenes.three(14, 2_000_000, "192.0.2.9"));

    private static String frame(PeerTable table, WatchView view, int columns, int lines) {
        return String.join("\n", lines(table, view, columns, lines, false)) + "\n";
    }

    private static List<String> lines(PeerTable table, WatchView view, int columns, int lines, boolean colour) {
        return new Frame(table, view, columns, lines, colour, ZoneOffset.UTC)
                .text(table.rows(view.order(), view.reversed(), view.filter()));
    }

    private static WatchView after(String keys) {
        WatchView view = WatchView.START;
        for (Key key : Key.parse(keys)) {
            view = view.after(key, 3, 5);
        }
        return view;
    }

    @Test
    void aWideScreenShowsEverything() {
        assertThat(frame(table, WatchView.START, 200, 8)).isEqualTo("""
                wg0: 3 peers, 1 up, 1 down  received 1.9 MiB/s  sent 195 KiB/s                                                                                                                                  12:03:21
                PEER                                          STATE       HANDSHAKE    RECEIVED        SENT  TRAFFIC                   ENDPOINT                        REASON
                office                                        up               1m5s   1.9 MiB/s   195 KiB/s                      ▁▃▅█  192.0.2.9:51820 (moved 0s ago)  a handshake completed
                büro                                          down            6m54s       0 B/s     148 B/s                      ████  198.51.100.7:51820              4 calls unanswered, nothing heard for 31 s
                AwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=  idle            never       0 B/s       0 B/s                      ▁▁▁▁  -                               a handshake completed


                q quit  s sort: activity  / filter  p pause  ? keys
                """);
    }

    @Test
    void anOrdinaryTerminal() {
        assertThat(frame(table, after("sp"), 80, 7)).isEqualTo("""
                PAUSED wg0: 3 peers, 1 up, 1 down  received 1.9 MiB/s  sent 195 KiB/s   12:03:21
                PEER                 STATE       HANDSHAKE    RECEIVED        SENT  TRAFFIC
                AwAAAAAAAAAAAAAAAA…  idle            never       0 B/s       0 B/s        ▁▁▁▁
                büro                 down            6m54s       0 B/s     148 B/s        ████
                office               up               1m5s   1.9 MiB/s   195 KiB/s        ▁▃▅█

                q quit  s sort: name  / filter  p go on  ? keys
                """);
    }

    @Test
    void aSmallScreenShowsWhatMatters() {
        assertThat(frame(table, WatchView.START, 20, 5)).isEqualTo("""
                wg0: 3 peers, 1 up,
                PEER    STATE
                office  up
                büro    down
                q quit  s sort: act…
                """);
        assertThat(frame(table, WatchView.START, 6, 2)).isEqualTo("office\nbüro\n");
    }

    @Test
    void severalInterfacesHaveAColumn() {
        PeerTable two = Scenes.table(Scenes.at(
                0,
                Scenes.link("wg0", List.of(Scenes.peer(1, "a", PeerState.UP, 1, 1, 1, ""))),
                Scenes.link("wg1", List.of(Scenes.peer(1, "a", PeerState.STALE, 0, 0, 1, "")))));
        assertThat(frame(two, WatchView.START, 70, 4)).isEqualTo("""
                wg0 wg1: 2 peers, 1 up, 0 down  received 1 B/s  sent 1 B/s    12:03:07
                INTERFACE  PEER  STATE       HANDSHAKE    RECEIVED        SENT
                wg0        a     up                 1s       1 B/s       1 B/s
                q quit  s sort: activity  / filter  p pause  ? keys           1-1 of 2
                """);
    }

    @Test
    void aFilterAndItsLine() {
        assertThat(frame(table, after("/B\u00c3\u009cRO"), 60, 6)).isEqualTo("""
                wg0: 3 peers, 1 up, 1 down  received 1.9 MiB/s  sent 195 Ki…
                PEER  STATE       HANDSHAKE    RECEIVED        SENT
                büro  down            6m54s       0 B/s     148 B/s


                filter: BÜRO_  Enter keeps it, Esc clears it
                """);
    }

    @Test
    void aFailureIsSaidAboveOlderRows() {
        table.fail("watch: cannot read wg0: there is no such interface");
        assertThat(lines(table, WatchView.START, 60, 6, false))
                .startsWith("wg0: 3 peers, 1 up, 1 down  received 1.9 MiB/s  sent 195 Ki…")
                .contains("watch: cannot read wg0: there is no such interface")
                .hasSize(6);
        table.add(Scenes.three(15, 0, "192.0.2.9"));
        assertThat(lines(table, WatchView.START, 60, 6, false)).noneMatch(line -> line.contains("cannot read"));
    }

    @Test
    void theKeysAreExplained() {
        List<String> lines = lines(table, after("?"), 90, 14, false);
        assertThat(lines).contains("q, Ctrl-C        quit", "p, space         pause, and go on");
    }

    @Test
    void withoutInterfacesItSaysSo() {
        assertThat(lines(Scenes.table(Scenes.at(0)), WatchView.START, 80, 6, false)
                        .getFirst())
                .startsWith("no WireGuard interface  received 0 B/s");
    }

    @Test
    void coloursChangeNoText() {
        List<String> coloured = lines(table, WatchView.START, 100, 7, true);
        assertThat(coloured).anyMatch(line -> line.contains("\u001b[31mdown\u001b[0m"));
        assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
                .isEqualTo(lines(table, WatchView.START, 100, 7, false));
    }

    /// No screen gets more lines than it has, or a line that is too wide.
    @ParameterizedTest
    @CsvSource({"1,1", "2,3", "7,4", "19,5", "20,5", "33,10", "80,24", "131,3", "250,70"})
    void everySizeIsKept(int columns, int lines) {
        for (PeerTable one : List.of(table, Scenes.table(Scenes.many(100)), Scenes.table(Scenes.at(0)))) {
            for (WatchView view : List.of(WatchView.START, after("?"), after("/x"), after("p"))) {
                List<String> text = lines(one, view, columns, lines, false);
                assertThat(text).hasSizeLessThanOrEqualTo(lines);
                assertThat(text).allMatch(line -> DisplayWidth.of(line) <= columns);
            }
        }
    }

    @Test
    void activityLooksAtSeveralSamples() {
        PeerTable two = Scenes.table(Scenes.many(3), Scenes.many(3), Scenes.many(3), Scenes.three(1, 0, "192.0.2.1"));
        assertThat(two.rows(Order.ACTIVITY, false, ""))
                .extracting(PeerRow::name)
                .hasSize(3);
        PeerTable steady = Scenes.table(Scenes.many(4), Scenes.many(4));
        assertThat(steady.rows(Order.ACTIVITY, false, ""))
                .extracting(PeerRow::name)
                .containsExactly("peer-3", "peer-2", "peer-1", "peer-0");
        assertThat(steady.rows(Order.NAME, true, ""))
                .extracting(PeerRow::name)
                .containsExactly("peer-3", "peer-2", "peer-1", "peer-0");
        assertThat(table.rows(Order.STATE, false, ""))
                .extracting(PeerRow::state)
                .containsExactly("down", "up", "idle");
    }

    @Test
    void aMoveIsShownForTwoMinutes() {
        assertThat(frame(table, WatchView.START, 150, 7)).contains("192.0.2.9:51820 (moved 0s ago)");
        table.add(Scenes.three(134, 0, "192.0.2.9"));
        assertThat(frame(table, WatchView.START, 150, 7)).contains("192.0.2.9:51820 (moved 2m0s ago)");
        table.add(Scenes.three(135, 0, "192.0.2.9"));
        assertThat(frame(table, WatchView.START, 150, 7)).doesNotContain("moved");
    }
}
