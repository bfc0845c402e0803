// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What growth of the counters stands for. A ping is 128 bytes, an initiation 148, a response 92, a keepalive
/// 32.
class MessagesTest {
    private static final long LIMIT = 1312;

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0, false",
        "148, 0, 1, 0, false", // a call
        "276, 220, 1, 0, true", // a first ping: initiation and data, response and data
        "276, 0, 1, 0, true", // a call and a packet
        "92, 148, 0, 1, false", // the response to a call of the far end
        "220, 276, 0, 1, true",
        "32, 0, 0, 0, false", // a keepalive
        "64, 0, 0, 0, true", // no sample of one second has two of them
        "128, 128, 0, 0, true",
        "0, 5000, 0, 0, false",
        "1284, 0, 1, 0, true",
        "1312, 0, 0, 0, true", // from here on handshakes hide
        "1312, 148, 0, 1, true", // but for a lone call of the far end
        "20000, 5000, 0, 0, true"
    })
    void readsOneSecond(long tx, long rx, int calls, int knocks, boolean data) {
        Messages messages = Messages.decode(tx, rx, Timing.SECOND, 0, Timing.SECOND, LIMIT);
        assertThat(messages).isEqualTo(new Messages(calls, knocks, data));
    }

    @ParameterizedTest
    @CsvSource({"1, 296, 0", "5, 296, 2", "5, 148, 1", "30, 296, 2", "300, 444, 3", "300, 592, 0"})
    void readsSeveralUnansweredCallsInALongStep(int seconds, long tx, int calls) {
        long step = seconds * Timing.SECOND;
        assertThat(Messages.decode(tx, 0, step, 0, 0, LIMIT).calls()).isEqualTo(calls);
    }

    @Test
    void knowsACallThatCouldNotBeAnswered() {
        assertThat(Messages.decode(0, 148, Timing.SECOND, 0, 5 * Timing.SECOND, LIMIT)
                        .knocks())
                .isEqualTo(1);
        // Shortly after other traffic it may be data.
        assertThat(Messages.decode(0, 148, Timing.SECOND, 0, 3 * Timing.SECOND, LIMIT)
                        .knocks())
                .isZero();
    }

    @Test
    void keepalivesOfALongStepAreNoData() {
        assertThat(Messages.decode(6 * 32, 0, 50 * Timing.SECOND, 0, 0, LIMIT).data())
                .isFalse();
        assertThat(Messages.decode(7 * 32, 0, 50 * Timing.SECOND, 0, 0, LIMIT).data())
                .isTrue();
        assertThat(Messages.decode(8 * 32, 0, 50 * Timing.SECOND, 25, 0, LIMIT).data())
                .isFalse();
    }

    @Test
    void anEngineThatDoesNotPadIsNotDecoded() {
        FakePeer padded = FakePeer.up().wait(20).call();
        assertThat(padded.wait(2).state()).isEqualTo(PeerState.STALE);
        FakePeer unpadded = FakePeer.up().step(1, 100, 101).wait(20).call();
        assertThat(unpadded.wait(2).state()).isEqualTo(PeerState.UP);
    }

    @Test
    void aFullPacketOfASmallMtuIsNoCall() {
        PeerLiveness machine = new PeerLiveness(1252);
        long wall = 1_800_000_000L * Timing.SECOND;
        machine.sample(new PeerSample(0, 0, 0, wall, null, 0), wall);
        machine.sample(new PeerSample(Timing.SECOND, 0, 1284, wall, null, 0), wall);
        machine.sample(new PeerSample(3 * Timing.SECOND, 0, 1284, wall, null, 0), wall);
        assertThat(machine.state()).isEqualTo(PeerState.UP);
    }
}
