// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.engine.noise.Messages;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A network that loses, doubles, delays and repeats.
class BadNetworkTest extends AliceAndBob {
    @Test
    void halfAnHourOfTrafficWithRekeysOnABadNetworkDeliversEverythingOnce() {
        network.loss = 0.02;
        network.duplication = 0.02;
        network.reordering = 30 * TestClock.MILLI;
        introduce();
        int sent = 0;
        for (int second = 0; second < 1800; second++) {
            for (int i = 0; i < 4; i++) {
                ping(alice, 1, 2, sent);
                ping(bob, 2, 1, sent);
                sent++;
                network.run(SECOND / 4);
            }
        }

        for (TestNode node : List.of(alice, bob)) {
            Set<Integer> numbers = new HashSet<>();
            for (byte[] packet : node.delivered) {
                assertThat(numbers.add(TestNode.numberOf(packet)))
                        .as("only once")
                        .isTrue();
            }
            assertThat(numbers.size()).isBetween(sent * 96 / 100, sent);
        }
        // One every two minutes, and a few more for what was lost.
        assertThat(network.count(Messages.INITIATION)).isBetween(15L, 24L);
        assertThat(alice.core.drops().of(Drop.RX_REPLAY)).isPositive();
        assertThat(alice.core.drops().of(Drop.RX_BAD_TAG)).isZero();
    }

    @Test
    void aReplayedInitiationGetsNoAnswer() {
        connect();
        TestNetwork.Datagram initiation = network.seen.getFirst();
        network.inject(initiation);
        network.run(SECOND);

        assertThat(bob.core.drops().of(Drop.HANDSHAKE_REPLAY)).isEqualTo(1);
        assertThat(network.count(Messages.RESPONSE)).isEqualTo(1);
        assertThat(bob.sessionWith(alice)).isNotNull();
    }

    @Test
    void replayedDataIsDeliveredOnce() {
        connect();
        network.inject(network.seen.getLast());
        network.run(SECOND);

        assertThat(bob.delivered).hasSize(1);
        assertThat(bob.core.drops().of(Drop.RX_REPLAY)).isEqualTo(1);
    }

    @Test
    void aReplayFromElsewhereMovesNoPeer() {
        connect();
        TestNetwork.Datagram data = network.seen.getLast();
        UdpFlow elsewhere = UdpFlow.to(new Endpoint.Numeric(IpAddress.ofV4(0x01020304), 9));
        network.inject(new TestNetwork.Datagram(0, elsewhere, data.to(), data.data()));
        network.run(SECOND);

        assertThat(bob.state(alice).endpoint()).contains(alice.endpoint());
    }
}
