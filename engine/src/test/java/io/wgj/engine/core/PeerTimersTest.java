// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The table of the five timers, a row an event: which deadline it leaves, seconds from the event, in a
/// peer where nothing or everything was pending before (at 99 s). `-` is none. The persistent keepalive is
/// 25 s.
class PeerTimersTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long NOW = 7_000 * SECOND;

    /// @param idle expected deadlines of retransmit, keepalive, new handshake, zero keys, persistent
    ///     keepalive
    record Row(String name, Consumer<PeerTimers> event, String idle, String pending) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                new Row("data sent", timers -> timers.dataSent(NOW), "- - 15 - -", "99 99 99 99 99"),
                new Row("data received", timers -> timers.dataReceived(NOW), "- 10 - - -", "99 99 99 99 99"),
                new Row("any authenticated sent", PeerTimers::anyAuthenticatedSent, "- - - - -", "99 - 99 99 99"),
                new Row(
                        "any authenticated received",
                        PeerTimers::anyAuthenticatedReceived,
                        "- - - - -",
                        "99 99 - 99 99"),
                new Row(
                        "authenticated traversal",
                        timers -> timers.authenticatedTraversal(NOW),
                        "- - - - 25",
                        "99 99 99 99 25"),
                new Row("initiation sent", timers -> timers.initiationSent(NOW, 0), "5 - - - -", "5 99 99 99 99"),
                new Row("handshake complete", PeerTimers::handshakeComplete, "- - - - -", "- 99 99 99 99"),
                new Row("session derived", timers -> timers.sessionDerived(NOW), "- - - 540 -", "99 99 99 540 99"),
                new Row("keepalive sent", timers -> timers.keepaliveSent(NOW), "- - - - -", "99 99 99 99 99"),
                new Row(
                        "persistent keepalive off",
                        timers -> timers.setPersistentKeepalive(0),
                        "- - - - -",
                        "99 99 99 99 -"),
                new Row("gave up", PeerTimersTest::giveUp, "- - - 540 -", "99 - 99 99 99"),
                new Row("stop", PeerTimers::stop, "- - - - -", "- - - - -"));
    }

    private static void giveUp(PeerTimers timers) {
        while (timers.mayRetryHandshake(NOW)) {
            // Counts up.
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void anEventMovesItsDeadlinesAndNoOthers(Row row) {
        PeerTimers idle = timers();
        row.event().accept(idle);
        assertThat(deadlines(idle)).as("idle").isEqualTo(row.idle());

        PeerTimers pending = everythingPending();
        row.event().accept(pending);
        assertThat(deadlines(pending)).as("pending").isEqualTo(row.pending());
    }

    @Test
    void aSecondPacketWhileAKeepaliveIsPendingOwesAnother() {
        PeerTimers timers = timers();
        timers.dataReceived(NOW);
        timers.dataReceived(NOW + SECOND);
        assertThat(timers.expire(PeerTimers.SEND_KEEPALIVE, NOW + 10 * SECOND)).isTrue();
        timers.keepaliveSent(NOW + 10 * SECOND);
        assertThat(timers.deadline(PeerTimers.SEND_KEEPALIVE)).isEqualTo(NOW + 20 * SECOND);

        assertThat(timers.expire(PeerTimers.SEND_KEEPALIVE, NOW + 20 * SECOND)).isTrue();
        timers.keepaliveSent(NOW + 20 * SECOND);
        assertThat(timers.deadline(PeerTimers.SEND_KEEPALIVE)).isEqualTo(PeerTimers.NEVER);
    }

    @Test
    void nineteenRetriesFollowTheFirstInitiation() {
        PeerTimers timers = timers();
        int retries = 0;
        while (timers.mayRetryHandshake(NOW)) {
            retries++;
        }
        assertThat(retries).isEqualTo(19);

        timers.attemptsStartAgain();
        assertThat(timers.mayRetryHandshake(NOW)).isTrue();
    }

    @Test
    void jitterIsAddedToTheHandshakeTimersAlone() {
        PeerTimers timers = timers();
        timers.initiationSent(NOW, 7);
        timers.dataSent(NOW);
        timers.dataReceived(NOW);

        assertThat(timers.deadline(PeerTimers.RETRANSMIT_HANDSHAKE)).isEqualTo(NOW + 5 * SECOND + 7);
        assertThat(timers.deadline(PeerTimers.NEW_HANDSHAKE)).isEqualTo(NOW + 15 * SECOND + 7);
        assertThat(timers.deadline(PeerTimers.SEND_KEEPALIVE)).isEqualTo(NOW + 10 * SECOND);
    }

    @Test
    void aDeadlineExpiresOnceWhenItHasCome() {
        PeerTimers timers = timers();
        timers.sessionDerived(NOW);

        assertThat(timers.expire(PeerTimers.ZERO_KEYS, NOW + 540 * SECOND - 1)).isFalse();
        assertThat(timers.expire(PeerTimers.ZERO_KEYS, NOW + 540 * SECOND)).isTrue();
        assertThat(timers.expire(PeerTimers.ZERO_KEYS, NOW + 540 * SECOND)).isFalse();
    }

    private static PeerTimers timers() {
        PeerTimers timers = new PeerTimers();
        timers.setPersistentKeepalive(25 * SECOND);
        return timers;
    }

    /// Every timer 99 s from now, armed by the events that arm them, earlier.
    private static PeerTimers everythingPending() {
        PeerTimers timers = timers();
        timers.initiationSent(NOW + 94 * SECOND, 0);
        timers.dataReceived(NOW + 89 * SECOND);
        timers.dataSent(NOW + 84 * SECOND);
        timers.sessionDerived(NOW - 441 * SECOND);
        timers.authenticatedTraversal(NOW + 74 * SECOND);
        return timers;
    }

    private static String deadlines(PeerTimers timers) {
        StringBuilder text = new StringBuilder();
        for (int timer = 0; timer < PeerTimers.COUNT; timer++) {
            long deadline = timers.deadline(timer);
            text.append(timer == 0 ? "" : " ")
                    .append(deadline == PeerTimers.NEVER ? "-" : Long.toString((deadline - NOW) / SECOND));
        }
        return text.toString();
    }
}
