// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.device.Change;
import io.wgj.engine.noise.Messages;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a peer sends when there is no traffic, or when no answer comes.
class SilenceTest extends AliceAndBob {
    @Test
    void aReceiverWithNothingToSayAnswersOnceAfterTenSeconds() {
        introduce();
        ping(alice, 1, 2, 0);
        network.run(9 * SECOND);
        assertThat(network.count(Messages.DATA)).isEqualTo(1);

        network.run(400 * SECOND);

        List<TestNetwork.Datagram> data = network.seen(Messages.DATA);
        assertThat(data).hasSize(2);
        assertThat(data.getLast().data()).hasSize(Messages.KEEPALIVE_LENGTH);
        assertThat(network.count(Messages.INITIATION)).isEqualTo(1);
    }

    @Test
    void dataWithoutAnyAnswerMakesANewHandshakeAfterFifteenSeconds() {
        connectBothWays();
        bob.device.down();
        long sent = network.clock.bootNanos();
        ping(alice, 1, 2, 2);
        network.run(16 * SECOND);

        List<TestNetwork.Datagram> initiations = network.seen(Messages.INITIATION);
        assertThat(initiations).hasSize(2);
        assertThat(initiations.getLast().time() - sent).isBetween(15 * SECOND, 15 * SECOND + SECOND / 3);
    }

    @Test
    void givesUpAfterTwentyInitiationsAndForgetsWhatWaited() {
        introduce();
        bob.device.down();
        ping(alice, 1, 2, 0);
        network.run(200 * SECOND);

        List<TestNetwork.Datagram> initiations = network.seen(Messages.INITIATION);
        assertThat(initiations).hasSize(20);
        for (int i = 1; i < 20; i++) {
            assertThat(initiations.get(i).time() - initiations.get(i - 1).time())
                    .isBetween(5 * SECOND, 5 * SECOND + SECOND / 3);
        }
        assertThat(alice.core.drops().of(Drop.TX_STAGED_GIVEN_UP)).isEqualTo(1);
        assertThat(alice.peer(bob).staged.isEmpty()).isTrue();
    }

    @Test
    void persistentKeepaliveKeepsItsRhythmWithoutTraffic() {
        bob.addPeer(alice, "10.0.0.1", 32);
        alice.addPeer(bob, "10.0.0.2", 32, Change.set(bob.endpoint()), Change.set(25));
        assertThat(network.count(Messages.INITIATION)).isEqualTo(1);
        network.run(101 * SECOND);

        assertThat(network.seen(Messages.DATA))
                .hasSize(5)
                .allSatisfy(datagram -> assertThat(datagram.data()).hasSize(Messages.KEEPALIVE_LENGTH));
        assertThat(bob.sessionWith(alice)).isNotNull();
    }
}
