// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.engine.noise.Messages;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When a session is renewed, by which side, and how a new one is made after time has jumped.
class RenewalTest extends AliceAndBob {
    @Test
    void onlyTheInitiatorRenewsASessionThatBothUse() {
        connect();
        for (int second = 1; second < 119; second++) {
            ping(alice, 1, 2, second);
            ping(bob, 2, 1, second);
            network.run(SECOND);
        }
        assertThat(network.count(Messages.INITIATION)).isEqualTo(1);

        for (int second = 0; second < 3; second++) {
            ping(bob, 2, 1, second);
            ping(alice, 1, 2, second);
            network.run(SECOND);
        }
        List<TestNetwork.Datagram> initiations = network.seen(Messages.INITIATION);
        assertThat(initiations).hasSize(2);
        assertThat(initiations.getLast().from().remoteLow())
                .isEqualTo(initiations.getFirst().from().remoteLow());
    }

    @Test
    void anInitiatorThatReceivesRenewsFrom165SecondsOn() {
        introduce();
        ping(alice, 1, 2, 0);
        network.run(164 * SECOND);
        ping(bob, 2, 1, 1);
        network.run(SECOND / 2);
        assertThat(network.count(Messages.INITIATION)).isEqualTo(1);
        network.run(SECOND);
        ping(bob, 2, 1, 2);
        network.run(SECOND / 100);

        assertThat(network.seen(Messages.INITIATION)).hasSize(2);
        assertThat(network.seen(Messages.INITIATION).getLast().from().remoteLow())
                .isEqualTo(0xc612_0001L);
    }

    @Test
    void aPacketForAnExpiredSessionWaitsForANewOne() {
        introduce();
        ping(alice, 1, 2, 0);
        network.run(200 * SECOND);
        ping(alice, 1, 2, 1);
        network.run(SECOND);

        assertThat(bob.delivered).hasSize(2);
        assertThat(network.count(Messages.INITIATION)).isEqualTo(2);
    }

    @Test
    void sessionsAreForgottenAfterNineMinutes() {
        introduce();
        ping(alice, 1, 2, 0);
        network.run(539 * SECOND);
        assertThat(alice.sessionWith(bob)).isNotNull();
        network.run(2 * SECOND);

        assertThat(alice.sessionWith(bob)).isNull();
        assertThat(bob.sessionWith(alice)).isNull();
        assertThat(alice.nextDeadline()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void afterSuspendTheNextPacketMakesANewSession() {
        introduce();
        ping(alice, 1, 2, 0);
        network.run(60 * SECOND);
        network.clock.advance(3600 * SECOND);
        int before = network.seen.size();
        ping(bob, 2, 1, 1);
        network.run(SECOND);

        assertThat(alice.delivered).hasSize(1);
        assertThat(network.seen.get(before).type()).isEqualTo(Messages.INITIATION);
    }

    @Test
    void timersThatAllExpireInOneSuspendLeaveAWorkingSession() {
        connect();
        network.clock.advance(3600 * SECOND);
        network.run(SECOND);
        ping(bob, 2, 1, 1);
        ping(alice, 1, 2, 1);
        network.run(SECOND);

        assertThat(alice.delivered).hasSize(1);
        assertThat(bob.delivered).hasSize(2);
    }

    @Test
    void aWallClockSetBackDoesNotStopHandshakes() {
        introduce();
        ping(alice, 1, 2, 0);
        network.run(200 * SECOND);
        network.clock.stepWall(-86_400 * SECOND);
        ping(alice, 1, 2, 1);
        network.run(SECOND);

        assertThat(bob.delivered).hasSize(2);
    }
}
