// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.watch.Key.Kind;
import io.wgj.cli.watch.PeerTable.Order;
import org.junit.jupiter.api.Test;

class WatchViewTest {
    private static final int ROWS = 100;
    private static final int PAGE = 10;

    private static WatchView after(String bytes) {
        WatchView view = WatchView.START;
        for (Key key : Key.parse(bytes)) {
            view = view.after(key, ROWS, PAGE);
        }
        return view;
    }

    @Test
    void readsKeysOfATerminal() {
        assertThat(Key.parse("q\u001b[A\u001b[5~\u001bOB\r\u007f\u001b"))
                .extracting(Key::kind)
                .containsExactly(
                        Kind.CHARACTER, Kind.UP, Kind.PAGE_UP, Kind.DOWN, Kind.ENTER, Kind.BACKSPACE, Kind.ESCAPE);
        assertThat(Key.parse("\u00c3\u00bc")).containsExactly(Key.character('ü'));
        assertThat(Key.parse("\u001b[1;5Cx\u00ff\u0001"))
                .extracting(Key::kind)
                .containsExactly(Kind.OTHER, Kind.CHARACTER, Kind.OTHER, Kind.OTHER);
        assertThat(Key.parse("\u001b[")).extracting(Key::kind).containsExactly(Kind.OTHER);
    }

    @Test
    void sortsAndReverses() {
        assertThat(after("s").order()).isEqualTo(Order.NAME);
        assertThat(after("S").order()).isEqualTo(Order.SENT);
        assertThat(after("ssssss").order()).isEqualTo(Order.ACTIVITY);
        assertThat(after("rsr").reversed()).isFalse();
        assertThat(after("r").reversed()).isTrue();
    }

    @Test
    void scrollsWithinTheRows() {
        assertThat(after("jjk").top()).isEqualTo(1);
        assertThat(after("k").top()).isZero();
        assertThat(after("\u001b[6~\u001b[6~").top()).isEqualTo(20);
        assertThat(after("G").top()).isEqualTo(90);
        assertThat(after("Gj\u001b[6~").top()).isEqualTo(90);
        assertThat(after("G\u001b[H").top()).isZero();
        // Rows that vanish do not make keys useless.
        assertThat(after("G").after(Key.character('k'), 20, PAGE).top()).isEqualTo(9);
    }

    @Test
    void editsTheFilter() {
        WatchView editing = after("/qs\u007f");
        assertThat(editing.editing()).isTrue();
        assertThat(editing.filter()).isEqualTo("q");
        assertThat(editing.ended()).isFalse();
        assertThat(after("/ab\r").filter()).isEqualTo("ab");
        assertThat(after("/ab\r").editing()).isFalse();
        assertThat(after("/ab\u001b").filter()).isEmpty();
        assertThat(after("/ab\r\u001b").filter()).isEmpty();
        assertThat(after("/\u007f\u007f").filter()).isEmpty();
        assertThat(after("/" + "x".repeat(200)).filter()).hasSize(64);
    }

    @Test
    void pausesHelpsAndEnds() {
        assertThat(after("p").paused()).isTrue();
        assertThat(after("p ").paused()).isFalse();
        assertThat(after("?").help()).isTrue();
        assertThat(after("?x").help()).isFalse();
        assertThat(after("q").ended()).isTrue();
        assertThat(after("?q").ended()).isTrue();
    }
}
