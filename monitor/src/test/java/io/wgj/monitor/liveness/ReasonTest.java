// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTest {
    /// 1000 s after the boot it is noon.
    private static final WallClock NOON = clock(LocalDateTime.of(2026, 11, 30, 12, 0), ZoneOffset.UTC);

    private static WallClock clock(LocalDateTime wall, ZoneId zone) {
        return new WallClock(1000 * Timing.SECOND, wall.toEpochSecond(ZoneOffset.UTC) * Timing.SECOND, zone);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NO_SAMPLE | 0 | not sampled yet",
                "NO_HANDSHAKE | 0 | no handshake yet",
                "OLD_HANDSHAKE | 0 | no handshake within 180 s",
                "CALLS_STOPPED | 0 | no attempt since 11:58:20",
                "SILENCE | 0 | nothing heard since 11:58:20, nothing tried",
                "CALLING | 4 | calling since 11:58:20, 4 attempts, nothing heard",
                "CALLING | 1 | calling since 11:58:20, 1 attempt, nothing heard",
                "HANDSHAKE | 0 | handshake at 11:58:20",
                "HEARD | 0 | heard at 11:58:20",
                "PROBE_ANSWERED | 0 | probe answered at 11:58:20",
                "CALLS_UNANSWERED | 4 | 4 calls unanswered, last heard at 11:58:20",
                "ANSWERS_MISSING | 12 | 12 answers missing, 2 calls unanswered, last heard at 11:58:20",
                "HANDSHAKES_FAILED | 18 | 18 handshakes tried, none completed, last heard at 11:58:20",
                "CALLS_GIVEN_UP | 19 | WireGuard gave up after 19 attempts, last heard at 11:58:20",
                "CANNOT_SEND | 0 | this host cannot send: both counters stand still since 11:58:20",
                "KEEPALIVES_STOPPED | 25 | 'its keepalives, one every 25 s, have stopped, last heard at 11:58:20'",
                "DOWN_BEFORE_RESTART | 0 | down before the monitor restarted, no handshake since"
            })
    void saysWhatTheRuleSaw(Cause cause, int count, String words) {
        Reason reason = new Reason(cause, count, 2, OptionalLong.of(900 * Timing.SECOND));
        assertThat(reason.text(NOON)).isEqualTo(words);
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void saysSomethingWithoutATime(Cause cause) {
        assertThat(new Reason(cause, 3, 2, OptionalLong.empty()).text(NOON))
                .isNotBlank()
                .doesNotContain("Optional");
    }

    @Test
    void tellsThatAPeerWasNeverHeard() {
        Reason reason = new Reason(Cause.HANDSHAKES_FAILED, 18, 18, OptionalLong.empty());
        assertThat(reason.text(NOON)).isEqualTo("18 handshakes tried, none completed, never heard");
    }

    @Test
    void aTimeOfAnotherDayHasItsDate() {
        assertThat(NOON.time((1000 - 24 * 3600) * Timing.SECOND)).isEqualTo("2026-11-29 12:00:00");
        assertThat(NOON.time((1000 - 12 * 3600) * Timing.SECOND)).isEqualTo("00:00:00");
        assertThat(NOON.time((1000 - 12 * 3600 - 1) * Timing.SECOND)).isEqualTo("2026-11-29 23:59:59");
    }

    @Test
    void timesAreOfTheGivenZone() {
        WallClock clock = clock(LocalDateTime.of(2026, 11, 30, 12, 0), ZoneOffset.ofHours(2));
        assertThat(clock.time(1000 * Timing.SECOND)).isEqualTo("14:00:00");
    }

    @Test
    void aMachineTellsTheWholeStory() {
        FakePeer peer = FakePeer.idle().call();
        peer.calls(3);
        WallClock clock = new WallClock(peer.now(), NOON.wallNanos(), ZoneOffset.UTC);
        assertThat(peer.machine.reason().text(clock)).isEqualTo("calling since 11:59:43, 4 attempts, nothing heard");
    }
}
