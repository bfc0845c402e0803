// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.probe;

import static io.wgj.monitor.model.MemoryContext.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.net.IpAddress;
import io.wgj.monitor.model.ProbeStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProbeTrackTest {
    private static final long MILLI = 1_000_000;
    private final ProbeTrack track = new ProbeTrack(IpAddress.parse("10.0.0.1").orElseThrow(), 5 * SECOND, 100);

    @Test
    void asksEverySecondOnceARequestIsUnanswered() {
        assertThat(track.due()).isEqualTo(100);
        assertThat(track.send(100)).isZero();
        assertThat(track.due()).isEqualTo(100 + SECOND);
        assertThat(track.answer(0, 200)).isTrue();
        assertThat(track.due()).isEqualTo(100 + 5 * SECOND);
        int second = track.send(track.due());
        int third = track.send(track.due());
        assertThat(track.due()).isEqualTo(100 + 7 * SECOND);
        // A late answer to an earlier request does not answer the last one.
        assertThat(track.answer(second, 100 + 6 * SECOND)).isTrue();
        assertThat(track.due()).isEqualTo(100 + 7 * SECOND);
        assertThat(track.answer(third, 100 + 6 * SECOND)).isTrue();
        assertThat(track.due()).isEqualTo(100 + 11 * SECOND);
    }

    @Test
    void asksNoLessOftenThanTheFileSays() {
        ProbeTrack fast = new ProbeTrack(track.target(), SECOND / 4, 0);
        fast.send(0);
        assertThat(fast.due()).isEqualTo(SECOND / 4);
    }

    @Test
    void countsAnAnswerOnce() {
        track.send(0);
        assertThat(track.answer(0, MILLI)).isTrue();
        assertThat(track.answer(0, 2 * MILLI)).isFalse();
        assertThat(track.answer(1, MILLI)).isFalse();
        assertThat(track.answer(0xffff, MILLI)).isFalse();
        assertThat(track.status(MILLI).answered()).isEqualTo(1);
    }

    @Test
    void countsLossOverTheLastHundred() {
        long now = 0;
        for (int i = 0; i < 150; i++) {
            int sequence = track.send(now);
            if (i >= 50 && i % 4 != 0) {
                track.answer(sequence, now + (i % 2 == 0 ? 10 : 30) * MILLI);
            }
            now += 5 * SECOND;
        }
        ProbeStatus status = track.status(now);
        assertThat(status.sent()).isEqualTo(150);
        assertThat(status.answered()).isEqualTo(75);
        assertThat(status.loss()).isEqualTo(0.25);
        assertThat(status.shortest()).contains(Duration.ofMillis(10));
        assertThat(status.longest()).contains(Duration.ofMillis(30));
        assertThat(status.average().orElseThrow().toMillis()).isBetween(23L, 24L);
        assertThat(status.latest()).contains(Duration.ofMillis(30));
    }

    /// An answer may still be on its way.
    @Test
    void doesNotCountARequestOfThisSecondAsLost() {
        track.send(0);
        assertThat(track.status(SECOND - 1).loss()).isZero();
        assertThat(track.status(SECOND).loss()).isEqualTo(1);
        assertThat(track.status(SECOND).latest()).isEmpty();
        assertThat(track.answer(0, 2 * SECOND)).isTrue();
        assertThat(track.status(2 * SECOND).loss()).isZero();
    }

    @Test
    void sequenceNumbersStartAnewAfter65535() {
        int last = 0;
        for (int i = 0; i <= 0x10000; i++) {
            last = track.send(i);
        }
        assertThat(last).isZero();
        assertThat(track.answer(0xffff, 0x10001)).isTrue();
        assertThat(track.answer(0, 0x10001)).isTrue();
        assertThat(track.status(0x10001).latest()).contains(Duration.ofNanos(1));
    }
}
