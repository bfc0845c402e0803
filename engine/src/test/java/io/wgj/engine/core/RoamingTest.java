// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.device.Change;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.engine.noise.Messages;
import org.junit.jupiter.api.Test;

/// Where a peer is, and which of its own addresses a device answers from.
class RoamingTest extends AliceAndBob {
    @Test
    void aPeerThatMovesIsFollowed() {
        connect();
        alice.moveTo(0xc633_6401L);
        ping(alice, 1, 2, 1);
        network.run(SECOND);
        ping(bob, 2, 1, 2);
        network.run(SECOND);

        assertThat(bob.state(alice).endpoint()).contains(alice.endpoint());
        assertThat(alice.delivered).hasSize(1);
        assertThat(network.count(Messages.INITIATION)).isEqualTo(1);
    }

    @Test
    void aResponderNeedsNoEndpointAndAnInitiatorDoes() {
        alice.addPeer(bob, "10.0.0.2", 32);
        bob.addPeer(alice, "10.0.0.1", 32, Change.keep(), Change.keep());
        ping(bob, 2, 1, 0);
        assertThat(bob.core.drops().of(Drop.TX_NO_ENDPOINT)).isEqualTo(1);

        ping(alice, 1, 2, 1);
        network.run(SECOND);

        assertThat(bob.delivered).hasSize(1);
        assertThat(bob.state(alice).endpoint()).contains(alice.endpoint());
    }

    @Test
    void learnsWhichLocalAddressToAnswerFromAndForgetsItWithRetries() {
        connect();
        ping(bob, 2, 1, 0);
        UdpFlow flow = bob.flowTo(alice);
        assertThat(flow.hasSource()).isTrue();
        assertThat(flow.sourceLow()).isEqualTo(0xc612_0002L);
        assertThat(flow.sourceInterface()).isEqualTo(1);

        alice.device.down();
        network.run(200 * SECOND);
        ping(bob, 2, 1, 1);
        network.run(12 * SECOND);

        UdpFlow later = bob.flowTo(alice);
        assertThat(later.hasSource()).isFalse();
    }

    @Test
    void aSourceThatTheKernelRefusesIsForgotten() {
        connect();
        bob.sendErrno = 22;
        ping(bob, 2, 1, 0);

        UdpFlow flow = bob.flowTo(alice);
        assertThat(flow.hasSource()).isFalse();
        ping(bob, 2, 1, 1);
        network.run(SECOND);
        assertThat(alice.delivered).hasSize(1);
    }

    @Test
    void theUnderlaysSourceIsTakenWhateverAddressAnswersComeTo() {
        alice.device.setUnderlaySource(IpFamily.V4, IpAddress.ofV4(0x0a090807));
        connect();

        assertThat(network.seen.getFirst().to().sourceLow()).isEqualTo(0x0a090807);
        UdpFlow answered = alice.flowTo(bob);
        assertThat(answered.sourceLow())
                .as("though the response came to another")
                .isEqualTo(0x0a090807);

        alice.device.setUnderlaySource(IpFamily.V4, null);
        UdpFlow cleared = alice.flowTo(bob);
        assertThat(cleared.hasSource()).isFalse();
    }
}
