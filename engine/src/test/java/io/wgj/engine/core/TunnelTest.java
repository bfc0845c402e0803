// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.engine.noise.Messages;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What two devices do with each other, as seen on the wire and behind them.
class TunnelTest {
    private static final long SECOND = TestClock.SECOND;

    private final TestNetwork network = new TestNetwork(7);
    private final TestNode alice = new TestNode(network, 1).up();
    private final TestNode bob = new TestNode(network, 2).up();

    private void introduce() {
        alice.addPeer(bob, "10.0.0.2", 32);
        bob.addPeer(alice, "10.0.0.1", 32);
    }

    private void ping(TestNode from, int source, int destination, int number) {
        from.transmit(TestNode.packet(source, destination, 100, number));
    }

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
    void onlyTheInitiatorRenewsASessionThatBothUse() {
        introduce();
        ping(alice, 1, 2, 0);
        network.run(SECOND);
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
        introduce();
        ping(alice, 1, 2, 0);
        network.run(SECOND);
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
        introduce();
        ping(alice, 1, 2, 0);
        network.run(SECOND);
        ping(bob, 2, 1, 1);
        network.run(SECOND);
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
    void aReplayedInitiationGetsNoAnswer() {
        introduce();
        ping(alice, 1, 2, 0);
        network.run(SECOND);
        TestNetwork.Datagram initiation = network.seen.getFirst();
        network.inject(initiation);
        network.run(SECOND);

        assertThat(bob.core.drops().of(Drop.HANDSHAKE_REPLAY)).isEqualTo(1);
        assertThat(network.count(Messages.RESPONSE)).isEqualTo(1);
        assertThat(bob.sessionWith(alice)).isNotNull();
    }

    @Test
    void replayedDataIsDeliveredOnce() {
        introduce();
        ping(alice, 1, 2, 0);
        network.run(SECOND);
        network.inject(network.seen.getLast());
        network.run(SECOND);

        assertThat(bob.delivered).hasSize(1);
        assertThat(bob.core.drops().of(Drop.RX_REPLAY)).isEqualTo(1);
    }

    @Test
    void aPeerThatMovesIsFollowed() {
        introduce();
        ping(alice, 1, 2, 0);
        network.run(SECOND);
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
    void aReplayFromElsewhereMovesNobody() {
        introduce();
        ping(alice, 1, 2, 0);
        network.run(SECOND);
        TestNetwork.Datagram data = network.seen.getLast();
        UdpFlow elsewhere = UdpFlow.to(new Endpoint.Numeric(IpAddress.ofV4(0x01020304), 9));
        network.inject(new TestNetwork.Datagram(0, elsewhere, data.to(), data.data()));
        network.run(SECOND);

        assertThat(bob.state(alice).endpoint()).contains(alice.endpoint());
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
    void packetsFromAForeignInnerAddressAreDropped() {
        alice.addPeer(bob, "10.0.0.2", 32);
        bob.addPeer(alice, "10.0.0.9", 32);
        ping(alice, 1, 2, 0);
        network.run(SECOND);

        assertThat(bob.delivered).isEmpty();
        assertThat(bob.core.drops().of(Drop.RX_DISALLOWED_INNER_SOURCE)).isEqualTo(1);
    }

    @Test
    void aWiderPrefixDoesNotSpeakForANarrowerOne() {
        TestNode carol = new TestNode(network, 3).up();
        alice.addPeer(bob, "0.0.0.0", 0);
        bob.addPeer(alice, "10.0.0.0", 24);
        bob.addPeer(carol, "10.0.0.7", 32);
        ping(alice, 7, 2, 0);
        network.run(SECOND);

        assertThat(bob.delivered).isEmpty();
    }

    @Test
    void presharedKeysMustMatchAndActWithTheNextHandshake() {
        introduce();
        ping(alice, 1, 2, 0);
        network.run(SECOND);
        setPresharedKey(alice, bob, 5);
        ping(alice, 1, 2, 1);
        network.run(SECOND);
        assertThat(bob.delivered).as("the session stays").hasSize(2);

        network.run(200 * SECOND);
        ping(alice, 1, 2, 2);
        network.run(4 * SECOND);
        assertThat(bob.delivered).as("the next one needs both").hasSize(2);
        assertThat(alice.core.drops().of(Drop.HANDSHAKE_BAD_AUTHENTICATOR)).isPositive();

        setPresharedKey(bob, alice, 5);
        network.run(6 * SECOND);
        assertThat(bob.delivered).hasSize(3);
    }

    private static void setPresharedKey(TestNode node, TestNode peer, int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        node.apply(DeviceUpdate.ofPeers(List.of(new PeerUpdate.Put(
                peer.publicKey(),
                Change.set(PresharedKey.of(key)),
                Change.keep(),
                Change.keep(),
                false,
                false,
                List.of()))));
    }

    @Test
    void aNewPrivateKeyStopsSendingWithOldSessionsAtOnce() {
        introduce();
        ping(alice, 1, 2, 0);
        network.run(SECOND);
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
        introduce();
        ping(alice, 1, 2, 0);
        network.run(SECOND);
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
        introduce();
        ping(alice, 1, 2, 0);
        network.run(SECOND);
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

    @Test
    void learnsWhichLocalAddressToAnswerFromAndForgetsItWithRetries() {
        introduce();
        ping(alice, 1, 2, 0);
        network.run(SECOND);
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
        introduce();
        ping(alice, 1, 2, 0);
        network.run(SECOND);
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
        alice.device.setUnderlaySource(false, IpAddress.ofV4(0x0a090807));
        introduce();
        ping(alice, 1, 2, 0);
        network.run(SECOND);

        assertThat(network.seen.getFirst().to().sourceLow()).isEqualTo(0x0a090807);
        UdpFlow answered = alice.flowTo(bob);
        assertThat(answered.sourceLow())
                .as("though the response came to another")
                .isEqualTo(0x0a090807);

        alice.device.setUnderlaySource(false, null);
        UdpFlow cleared = alice.flowTo(bob);
        assertThat(cleared.hasSource()).isFalse();
    }

    @Test
    void allowedSourcesStopStrangersBeforeAndPeersAfterTheyAreKnown() {
        TestNode carol = new TestNode(network, 3).up();
        introduce();
        carol.addPeer(bob, "10.0.0.2", 32);
        bob.addPeer(carol, "10.0.0.3", 32);
        bob.device.setAllowedSources(alice.publicKey(), List.of(prefix("198.18.0.1", 32)));
        bob.device.setAllowedSources(carol.publicKey(), List.of(prefix("198.18.0.3", 32)));
        ping(alice, 1, 2, 0);
        ping(carol, 3, 2, 1);
        network.run(SECOND);
        assertThat(bob.delivered).hasSize(2);

        // From another peer's address a handshake gets as far as the static key, data as far as the index.
        carol.moveTo(0xc612_0063L);
        alice.moveTo(0xc612_0003L);
        ping(alice, 1, 2, 2);
        network.run(SECOND);
        assertThat(bob.delivered).hasSize(2);
        assertThat(bob.core.drops().of(Drop.RX_DISALLOWED_SOURCE)).isEqualTo(1);
        alice.device.down();
        alice.up();
        ping(alice, 1, 2, 3);
        network.run(SECOND);
        assertThat(bob.core.drops().of(Drop.RX_DISALLOWED_SOURCE)).isEqualTo(2);
        // From an address that is nobody's it does not reach CONTROL.
        alice.moveTo(0xc612_0077L);
        alice.device.down();
        alice.up();
        ping(alice, 1, 2, 4);
        network.run(SECOND);
        assertThat(bob.core.drops().of(Drop.RX_DISALLOWED_SOURCE)).isEqualTo(3);
        assertThat(network.count(Messages.RESPONSE)).isEqualTo(2);

        bob.device.setAllowedSources(alice.publicKey(), null);
        network.run(6 * SECOND);
        assertThat(bob.delivered).hasSize(3);
    }

    private static IpPrefix prefix(String address, int length) {
        return new IpPrefix(IpAddress.parse(address).orElseThrow(), length);
    }
}
