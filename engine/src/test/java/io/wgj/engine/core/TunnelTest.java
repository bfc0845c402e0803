// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.engine.noise.Messages;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// What two devices do with each other when nothing goes wrong, as seen on the wire and behind them.
class TunnelTest extends AliceAndBob {
    @Test
    void theFirstPacketMakesASessionAndArrives() {
        introduce();
        ping(alice, 1, 2, 42);
        network.run(SECOND);

        assertThat(bob.delivered).hasSize(1);
        assertThat(bob.delivered.getFirst()).isEqualTo(TestNode.packet(1, 2, 100, 42));
        assertThat(network.seen).extracting(TestNetwork.Datagram::type).containsExactly(1, 2, 4);
        assertThat(network.seen.getLast().data()).hasSize(16 + 112 + 16);
        assertThat(alice.state(bob).latestHandshake().isNever()).isFalse();
        assertThat(bob.state(alice).latestHandshake().isNever()).isFalse();
    }

    @Test
    void bothSidesCountWhatTheWireCarried() {
        introduce();
        ping(alice, 1, 2, 1);
        network.run(SECOND);
        ping(bob, 2, 1, 2);
        network.run(SECOND);

        assertThat(alice.state(bob).txBytes()).isEqualTo(148 + 144);
        assertThat(alice.state(bob).rxBytes()).isEqualTo(92 + 144);
        assertThat(bob.state(alice).txBytes()).isEqualTo(92 + 144);
        assertThat(bob.state(alice).rxBytes()).isEqualTo(148 + 144);
    }

    @Test
    void theEavesdropperSeesNoPlaintext() {
        introduce();
        byte[] packet = TestNode.packet(1, 2, 200, 1);
        Arrays.fill(packet, 24, 200, (byte) 'A');
        alice.transmit(packet);
        network.run(SECOND);

        for (TestNetwork.Datagram datagram : network.seen) {
            assertThat(new String(datagram.data(), java.nio.charset.StandardCharsets.ISO_8859_1))
                    .doesNotContain("AAAAAAAA");
        }
    }

    @Test
    void stagedPacketsGoFirstAndInOrder() {
        introduce();
        for (int i = 0; i < 100; i++) {
            ping(alice, 1, 2, i);
        }
        network.run(5 * TestClock.MILLI);
        for (int i = 100; i < 110; i++) {
            ping(alice, 1, 2, i);
        }
        network.run(SECOND);

        assertThat(bob.delivered).extracting(TestNode::numberOf).hasSize(110).isSorted();
    }

    @Test
    void keepsTheLast128StagedPackets() {
        introduce();
        for (int i = 0; i < 200; i++) {
            ping(alice, 1, 2, i);
        }
        network.run(SECOND);

        assertThat(bob.delivered).hasSize(128);
        assertThat(TestNode.numberOf(bob.delivered.getFirst())).isEqualTo(72);
        assertThat(alice.core.drops().of(Drop.TX_STAGED_OVERFLOW)).isEqualTo(72);
    }

    @Test
    void answersFindTheSessionThatTheFirstPacketConfirmed() {
        introduce();
        ping(alice, 1, 2, 1);
        network.run(SECOND);
        ping(bob, 2, 1, 2);
        network.run(SECOND);

        assertThat(alice.delivered).hasSize(1);
        assertThat(network.count(Messages.INITIATION)).isEqualTo(1);
    }

    @Test
    void initiationsThatCrossMakeASessionAtOnce() {
        introduce();
        ping(alice, 1, 2, 1);
        ping(bob, 2, 1, 2);
        network.run(SECOND);

        assertThat(bob.delivered).hasSize(1);
        assertThat(alice.delivered).hasSize(1);
    }
}
