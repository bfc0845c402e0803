// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PrivateKey;
import io.wgj.engine.noise.Messages;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Changes of the configuration under a tunnel that is in use: keys, peers, up and down.
class ReconfigurationTest extends AliceAndBob {
    @Test
    void presharedKeysMustMatchAndActWithTheNextHandshake() {
        connect();
        alice.setPresharedKey(bob, 5);
        ping(alice, 1, 2, 1);
        network.run(SECOND);
        assertThat(bob.delivered).as("the session stays").hasSize(2);

        network.run(200 * SECOND);
        ping(alice, 1, 2, 2);
        network.run(4 * SECOND);
        assertThat(bob.delivered).as("the next one needs both").hasSize(2);
        assertThat(alice.core.drops().of(Drop.HANDSHAKE_BAD_AUTHENTICATOR)).isPositive();

        bob.setPresharedKey(alice, 5);
        network.run(6 * SECOND);
        assertThat(bob.delivered).hasSize(3);
    }

    @Test
    void aNewPrivateKeyStopsSendingWithOldSessionsAtOnce() {
        connect();
        Keypair old = alice.liveSessionWith(bob);
        alice.apply(new DeviceUpdate(
                Change.set(PrivateKey.fromRandom(new byte[32])), Change.keep(), Change.keep(), false, List.of()));
        assertThat(old.maySend(network.clock.bootNanos())).isFalse();
        int before = network.seen.size();
        ping(alice, 1, 2, 1);
        network.run(SECOND);

        assertThat(network.seen.get(before).type()).isEqualTo(Messages.INITIATION);
        assertThat(bob.core.drops().of(Drop.HANDSHAKE_UNKNOWN_PEER)).isEqualTo(1);

        ping(bob, 2, 1, 3);
        network.run(SECOND / 10);
        assertThat(alice.delivered).as("receiving goes on").hasSize(1);
    }

    @Test
    void withoutAPrivateKeyNothingIsSaid() {
        introduce();
        alice.apply(new DeviceUpdate(Change.clear(), Change.keep(), Change.keep(), false, List.of()));
        ping(alice, 1, 2, 0);
        ping(bob, 2, 1, 0);
        network.run(SECOND);

        assertThat(network.seen).hasSize(1);
        assertThat(alice.core.drops().of(Drop.HANDSHAKE_NO_IDENTITY)).isEqualTo(1);
    }

    @Test
    void aDeviceThatGoesDownForgetsSessionsAndComesBack() {
        connect();
        alice.device.down();
        assertThat(alice.sessionWith(bob)).isNull();
        network.run(60 * SECOND);
        int before = network.seen.size();
        alice.up();
        ping(alice, 1, 2, 1);
        network.run(SECOND);

        assertThat(bob.delivered).hasSize(2);
        assertThat(network.seen.get(before).type()).isEqualTo(Messages.INITIATION);
    }

    @Test
    void aRemovedPeerIsSilentAndItsSessionDead() {
        connect();
        Peer peer = alice.peer(bob);
        Keypair session = alice.liveSessionWith(bob);
        alice.apply(DeviceUpdate.ofPeers(List.of(new PeerUpdate.Remove(bob.publicKey()))));
        int before = network.seen.size();
        alice.core.stage(peer, TestNode.packet(1, 2, 100, 1), 0, 100, network.clock.bootNanos());
        ping(alice, 1, 2, 2);
        network.run(600 * SECOND);
        assertThat(session.isLive()).isFalse();
        assertThat(session.accept(99)).isFalse();
        assertThat(peer.staged.isEmpty()).isTrue();
        assertThat(network.seen.stream()
                        .skip(before)
                        .filter(datagram -> datagram.from().remoteLow() == 0xc612_0001L))
                .isEmpty();
    }
}
