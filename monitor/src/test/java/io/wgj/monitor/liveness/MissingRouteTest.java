// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes of a peer whose endpoint has no route, and when there is one again.
class MissingRouteTest {
    private static final String WHY = "no route to 203.0.113.9: Network is unreachable";

    @ParameterizedTest
    @EnumSource(PeerState.class)
    void aPeerWithoutARouteIsDown(PeerState before) {
        FakePeer peer = FakePeer.in(before);

        boolean changed = peer.machine.routeMissing(WHY, peer.now());

        assertThat(changed).isEqualTo(before != PeerState.DOWN);
        assertThat(peer.state()).isEqualTo(PeerState.DOWN);
        assertThat(peer.machine.verdict()).isEqualTo(Verdict.DOWN);
        assertThat(peer.cause()).isEqualTo(Cause.NO_ROUTE);
        assertThat(peer.machine.reason().detail()).isEqualTo(WHY);
        assertThat(peer.machine.routeMissing(WHY, peer.now())).isFalse();
    }

    /// For a living session the route's absence changed nothing.
    @Test
    void aPeerThatWasHeardLatelyIsUpWithItsRoute() {
        FakePeer peer = FakePeer.pinging();
        peer.machine.routeMissing(WHY, peer.now());
        peer.wait(60);
        assertThat(peer.state()).isEqualTo(PeerState.DOWN);

        assertThat(peer.machine.routeFound(peer.now())).isTrue();

        assertThat(peer.state()).isEqualTo(PeerState.UP);
        assertThat(peer.cause()).isEqualTo(Cause.ROUTE_RETURNED);
        assertThat(peer.machine.sinceNanos()).isEqualTo(peer.now());
        assertThat(peer.wait(10).state()).as("nothing is missing yet").isEqualTo(PeerState.UP);
    }

    @Test
    void aPeerThatWasSilentForLongerHasToBeHeard() {
        FakePeer peer = FakePeer.up();
        peer.handshake();
        peer.machine.routeMissing(WHY, peer.now());
        peer.wait(185);
        assertThat(peer.machine.routeFound(peer.now())).isFalse();
        assertThat(peer.cause()).isEqualTo(Cause.ROUTE_UNPROVEN);
        assertThat(peer.machine.verdict()).isEqualTo(Verdict.DOWN);

        assertThat(peer.call().handshake().state()).isEqualTo(PeerState.UP);
    }

    /// What failed before says nothing once packets can leave again.
    @Test
    void theFarEndHasItsFullTimeAfterwards() {
        FakePeer peer = FakePeer.pinging();
        peer.unanswered(18);
        peer.machine.routeMissing(WHY, peer.now());
        peer.wait(5);
        peer.machine.routeFound(peer.now());
        peer.unanswered(10);

        assertThat(peer.state()).isEqualTo(PeerState.UP);
    }

    @Test
    void aPeerOfWhichNothingWasKnownIsUnknownAgain() {
        FakePeer idle = FakePeer.idle();
        idle.machine.routeMissing(WHY, idle.now());
        assertThat(idle.machine.routeFound(idle.now())).isTrue();
        assertThat(idle.state()).isEqualTo(PeerState.IDLE);
        assertThat(idle.machine.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(idle.call().handshake().state()).isEqualTo(PeerState.UP);
    }

    @Test
    void aPeerThatWasDownForAnotherReasonStaysDown() {
        FakePeer peer = FakePeer.down();
        Reason before = peer.machine.reason();
        peer.machine.routeMissing(WHY, peer.now());
        assertThat(peer.machine.routeFound(peer.now())).isFalse();

        assertThat(peer.machine.reason()).isEqualTo(before);
        assertThat(peer.step(1, FakePeer.PING, FakePeer.PING).state()).isEqualTo(PeerState.DOWN);
    }

    /// Rules that the look-up does not know, such as those of a firewall's marks.
    @Test
    void aHandshakeProvesMoreThanALookUp() {
        FakePeer peer = FakePeer.up();
        peer.machine.routeMissing(WHY, peer.now());

        assertThat(peer.handshake().state()).isEqualTo(PeerState.UP);
        assertThat(peer.machine.reason().detail()).isEmpty();
        assertThat(peer.machine.routeFound(peer.now())).isFalse();
        assertThat(peer.state()).isEqualTo(PeerState.UP);
    }
}
