// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What an engine itself reports, beside the counters.
class EngineSignsTest {
    private static final long HEAVY = 200_000;

    /// Calls do not show in the counters then, and without reports they are only guessed, later.
    @Test
    void callsBesideHeavyTrafficCountWhenTheyAreReported() {
        FakePeer peer = FakePeer.up();
        for (int i = 1; i <= 18; i++) {
            if (i == 16) {
                peer.machine.seen(EngineSign.CALLED);
            }
            peer.step(1, 0, HEAVY);
        }
        assertThat(peer.state()).isEqualTo(PeerState.STALE);
        assertThat(peer.machine.reason().calls()).isEqualTo(1);
    }

    /// A sample may show a call before its report comes.
    @Test
    void aCallThatWasSeenAndReportedIsOne() {
        FakePeer peer = FakePeer.up().wait(5).call();
        peer.machine.seen(EngineSign.CALLED);
        peer.step(0.1).wait(2);
        assertThat(peer.machine.openRounds()).isEqualTo(1);

        peer.wait(3);
        peer.machine.seen(EngineSign.CALLED);
        peer.call().wait(2);
        assertThat(peer.machine.openRounds()).isEqualTo(2);
    }

    /// Both leave in one message's time, and hide each other in the counters.
    @Test
    void aCallAndAKnockAtOnceAreOneRound() {
        FakePeer peer = FakePeer.up().wait(5);
        peer.machine.seen(EngineSign.CALLED);
        peer.machine.seen(EngineSign.KNOCKED);
        peer.step(1, FakePeer.INITIATION, FakePeer.INITIATION + FakePeer.RESPONSE)
                .wait(2);
        assertThat(peer.machine.openRounds()).isEqualTo(1);
    }

    @Test
    void anEngineThatHasGivenUpIsBelievedAtOnce() {
        FakePeer peer = FakePeer.up(0).calls(13);
        assertThat(peer.state()).isNotEqualTo(PeerState.DOWN);
        peer.machine.seen(EngineSign.GAVE_UP);
        peer.step(0.1);
        assertThat(peer.state()).isEqualTo(PeerState.DOWN);
        assertThat(peer.cause()).isEqualTo(Cause.CALLS_GIVEN_UP);
    }

    @Test
    void whoIsHeardAfterwardsHasNotGivenUp() {
        FakePeer peer = FakePeer.up(0).calls(13);
        peer.machine.seen(EngineSign.GAVE_UP);
        peer.handshake();
        assertThat(peer.state()).isEqualTo(PeerState.UP);
        peer.wait(3);
        assertThat(peer.state()).isEqualTo(PeerState.UP);
    }

    /// What only asks for a sample changes nothing by itself.
    @Test
    void aChangeIsForTheSampleToShow() {
        FakePeer peer = FakePeer.quiet();
        peer.machine.seen(EngineSign.CHANGED);
        peer.step(0.1);
        assertThat(peer.state()).isEqualTo(PeerState.QUIET);
        peer.machine.seen(EngineSign.CALLED);
        peer.step(0.1);
        assertThat(peer.state()).isEqualTo(PeerState.CONNECTING);
    }
}
