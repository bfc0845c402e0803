// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.engine.core.HandshakeEvent.CookieReceived;
import io.wgj.engine.core.HandshakeEvent.Dropped;
import io.wgj.engine.core.HandshakeEvent.EndpointUnknown;
import io.wgj.engine.core.HandshakeEvent.GivenUp;
import io.wgj.engine.core.HandshakeEvent.InitiationReceived;
import io.wgj.engine.core.HandshakeEvent.InitiationSent;
import io.wgj.engine.core.HandshakeEvent.KeepaliveSent;
import io.wgj.engine.core.HandshakeEvent.KeysForgotten;
import io.wgj.engine.core.HandshakeEvent.Load;
import io.wgj.engine.core.HandshakeEvent.ResponseReceived;
import io.wgj.engine.core.HandshakeEvent.ResponseSent;
import io.wgj.engine.core.HandshakeEvent.Retried;
import io.wgj.engine.core.HandshakeEvent.SendFailed;
import io.wgj.engine.core.HandshakeEvent.Unanswered;
import io.wgj.engine.noise.Messages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which handshake events are reported, and how many of them in a flood.
class HandshakeEventTest extends AliceAndBob {
    private InitiationSent initiationOfAlice() {
        return new InitiationSent(bob.publicKey(), bob.endpoint());
    }

    private static Dropped dropped(TestNode from, Drop reason) {
        return new Dropped(Optional.of(from.publicKey()), from.endpoint(), reason, 0);
    }

    @Test
    void bothSidesTellAWholeHandshakeAndTheKeepaliveAfterIt() {
        connect();

        assertThat(alice.events)
                .containsExactly(initiationOfAlice(), new ResponseReceived(bob.publicKey(), bob.endpoint()));
        assertThat(bob.events)
                .containsExactly(
                        new InitiationReceived(alice.publicKey(), alice.endpoint()),
                        new ResponseSent(alice.publicKey(), alice.endpoint()));

        network.run(11 * SECOND);
        assertThat(bob.events).last().isEqualTo(new KeepaliveSent(alice.publicKey(), alice.endpoint()));
    }

    @Test
    void packetsAreNoEvents() {
        connect();
        int before = alice.events.size() + bob.events.size();
        for (int i = 0; i < 1_000; i++) {
            ping(alice, 1, 2, i);
            ping(bob, 2, 1, i);
        }
        network.run(SECOND);

        assertThat(alice.events.size() + bob.events.size()).isEqualTo(before);
    }

    @Test
    void everyRetryIsReportedWithItsNumberAndTheLastAsSuch() {
        introduce();
        bob.device.down();
        ping(alice, 1, 2, 0);
        network.run(200 * SECOND);

        List<HandshakeEvent> expected = new ArrayList<>(List.of(initiationOfAlice()));
        for (int attempt = 2; attempt <= 20; attempt++) {
            expected.add(new Retried(bob.publicKey(), attempt));
            expected.add(initiationOfAlice());
        }
        expected.add(new GivenUp(bob.publicKey(), 20));
        assertThat(alice.events).isEqualTo(expected);
    }

    @Test
    void aSilentPeerIsReportedAndLaterThatItsKeysAreForgotten() {
        connectBothWays();
        bob.device.down();
        alice.events.clear();
        ping(alice, 1, 2, 2);
        network.run(16 * SECOND);
        assertThat(alice.events).containsExactly(new Unanswered(bob.publicKey()), initiationOfAlice());

        network.run(540 * SECOND);
        assertThat(alice.events).last().isEqualTo(new KeysForgotten(bob.publicKey()));
    }

    @Test
    void aKeepaliveWithoutAnEndpointIsReported() {
        alice.addPeer(bob, "10.0.0.2", 32, Change.keep(), Change.set(25));

        assertThat(alice.events).containsExactly(new EndpointUnknown(bob.publicKey()));
    }

    @Test
    void whatTheSystemRefusesToSendIsReported() {
        connect();
        bob.sendErrno = 101;
        network.run(11 * SECOND);

        assertThat(bob.events).last().isEqualTo(new SendFailed(alice.publicKey(), alice.endpoint(), 101));
    }

    @Test
    void underLoadACookieIsDemandedAndComesOnTheOtherSide() {
        introduce();
        ping(alice, 1, 2, 0);
        alice.work();
        TestNetwork.Datagram initiation = network.seen(Messages.INITIATION).getLast();
        for (int i = 0; i < HandshakeQueue.UNDER_LOAD; i++) {
            bob.core.offer(initiation.data(), 0, Messages.INITIATION_LENGTH, stranger(i));
        }
        network.run(SECOND);
        assertThat(bob.events).as("who it is demanded of does not matter").containsExactly(new Load(true));
        assertThat(alice.events).last().isEqualTo(new CookieReceived(bob.publicKey(), bob.endpoint()));

        network.run(6 * SECOND);
        assertThat(bob.events)
                .containsExactly(
                        new Load(true),
                        new Load(false),
                        new InitiationReceived(alice.publicKey(), alice.endpoint()),
                        new ResponseSent(alice.publicKey(), alice.endpoint()));
    }

    @Test
    void differentPresharedKeysAreReportedWhereTheResponseComesIn() {
        introduce();
        alice.setPresharedKey(bob, 5);
        ping(alice, 1, 2, 0);
        network.run(SECOND);

        assertThat(alice.events).containsExactly(initiationOfAlice(), dropped(bob, Drop.HANDSHAKE_BAD_AUTHENTICATOR));
    }

    @Test
    void aStrangersInitiationIsReportedWithItsKey() {
        alice.addPeer(bob, "10.0.0.2", 32);
        ping(alice, 1, 2, 0);
        network.run(SECOND);

        assertThat(bob.events).containsExactly(dropped(alice, Drop.HANDSHAKE_UNKNOWN_PEER));
        DropRecord latest = Objects.requireNonNull(bob.core.drops().latest(Drop.HANDSHAKE_UNKNOWN_PEER));
        assertThat(latest.peer()).isEqualTo(alice.publicKey());
        assertThat(latest.address()).isEqualTo(alice.endpoint().address());
        assertThat(latest.port()).isEqualTo(alice.endpoint().port());
    }

    @Test
    void anInitiationForAnotherKeyIsReportedWithItsAddress() {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 9);
        alice.apply(DeviceUpdate.ofPeers(List.of(new PeerUpdate.Put(
                PublicKey.of(key),
                PeerSettings.NONE
                        .withEndpoint(bob.endpoint())
                        .withMoreAllowedIps(List.of(new IpPrefix(IpAddress.ofV4(0x0a000002), 32)))))));
        ping(alice, 1, 2, 0);
        network.run(SECOND);

        assertThat(bob.events)
                .containsExactly(new Dropped(Optional.empty(), alice.endpoint(), Drop.HANDSHAKE_BAD_MAC1, 0));
    }

    @Test
    void aReplayedInitiationIsReportedAsItsPeers() {
        connect();
        network.inject(network.seen.getFirst());
        network.run(SECOND);

        assertThat(bob.events).last().isEqualTo(dropped(alice, Drop.HANDSHAKE_REPLAY));
    }

    @Test
    void aResponseThatNeedsACookieIsReportedAsThePeers() {
        introduce();
        ping(alice, 1, 2, 0);
        alice.work();
        bob.arrive(network.seen.getFirst());
        bob.work();
        byte[] rubbish = new byte[Messages.COOKIE_REPLY_LENGTH];
        rubbish[0] = Messages.COOKIE_REPLY;
        for (int i = 0; i < HandshakeQueue.UNDER_LOAD; i++) {
            alice.core.offer(rubbish, 0, rubbish.length, stranger(i));
        }
        alice.arrive(network.seen(Messages.RESPONSE).getFirst());
        alice.work();

        assertThat(alice.events)
                .containsExactly(initiationOfAlice(), new Load(true), dropped(bob, Drop.HANDSHAKE_COOKIE_DEMANDED));
    }

    @Test
    void aPeerThatInitiatesAllTheTimeIsReportedEveryThreeSeconds() {
        introduce();
        for (int i = 0; i < 80; i++) {
            ping(alice, 1, 2, i);
            network.run(SECOND / 20);
            alice.device.down();
            alice.up();
        }

        assertThat(network.count(Messages.RESPONSE)).isEqualTo(80);
        assertThat(bob.events).filteredOn(InitiationReceived.class::isInstance).hasSize(2);
        assertThat(bob.events).filteredOn(ResponseSent.class::isInstance).hasSize(2);
    }

    @Test
    void aFloodOfStrangersIsReportedEveryTenSecondsWithTheirNumber() {
        introduce();
        byte[] rubbish = new byte[Messages.INITIATION_LENGTH];
        rubbish[0] = Messages.INITIATION;
        for (int second = 0; second <= 10; second++) {
            for (int i = 0; i < 100; i++) {
                bob.core.offer(rubbish, 0, rubbish.length, stranger(i));
            }
            network.run(SECOND);
        }
        assertThat(bob.events)
                .containsExactly(
                        new Dropped(Optional.empty(), stranger(0).endpoint(), Drop.HANDSHAKE_BAD_MAC1, 0),
                        new Dropped(Optional.empty(), stranger(0).endpoint(), Drop.HANDSHAKE_BAD_MAC1, 999));
    }

    @Test
    void aFloodOfReplaysIsReportedEveryFiveSeconds() {
        connect();
        bob.events.clear();
        for (int second = 0; second < 60; second++) {
            for (int i = 0; i < 100; i++) {
                network.inject(network.seen.getFirst());
            }
            network.run(SECOND);
        }

        assertThat(bob.core.drops().of(Drop.HANDSHAKE_REPLAY)).isEqualTo(6_000);
        assertThat(bob.events).filteredOn(Dropped.class::isInstance).hasSize(60 / 5);
    }

    private static UdpFlow stranger(int number) {
        return UdpFlow.to(new Endpoint.Numeric(IpAddress.ofV4(0x0b00_0000 + number), 1000));
    }
}
