// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a machine learns of a path.
class PatienceTest {
    @Test
    void startsCalm() {
        Patience patience = new Patience();
        assertThat(patience.answers()).isEqualTo(12);
        assertThat(patience.answersWithoutTraffic()).isEqualTo(18);
        assertThat(patience.keepalives()).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({"0.20, 12, 8", "0.30, 14, 9", "0.40, 18, 11", "0.58, 30, 16", "0.99, 30, 16"})
    void growsWithTheLoss(double loss, int answers, int keepalives) {
        Patience patience = new Patience();
        patience.restore(loss);
        assertThat(patience.answers()).isEqualTo(answers);
        assertThat(patience.keepalives()).isEqualTo(keepalives);
    }

    @Test
    void risesFastAndFallsSlowly() {
        FakePeer peer = FakePeer.up().wait(5).calls(2).handshake();
        double risen = .2 + .38 / 4;
        assertThat(peer.machine.lossLearned()).isEqualTo(risen - (risen - .2) / 48, within(1e-9));
        double before = peer.machine.lossLearned();
        peer.wait(5).call().handshake();
        assertThat(peer.machine.lossLearned()).isEqualTo(before - (before - .2) / 48, within(1e-9));
    }

    @Test
    void anOutageTeachesNothing() {
        assertThat(FakePeer.down().calls(5).handshake().machine.lossLearned()).isEqualTo(.2);
    }

    @ParameterizedTest
    @CsvSource({
        "4, 0, false",
        "5, 0, true",
        "8, 1, false",
        "9, 1, true",
        "10, 0, true",
        "15, 5, false",
        "16, 4, true",
        "8, 2, true",
        "7, 3, false"
    })
    void trafficIsTwoWayWhenMostOfItIsAnsweredOrAllOfLittle(int answered, int unanswered, boolean twoWay) {
        AnswerHabit habit = new AnswerHabit();
        for (int i = 0; i < unanswered; i++) {
            habit.note(false);
        }
        for (int i = 0; i < answered; i++) {
            habit.note(true);
        }
        habit.decide();
        assertThat(habit.twoWay()).isEqualTo(twoWay);
    }
}
