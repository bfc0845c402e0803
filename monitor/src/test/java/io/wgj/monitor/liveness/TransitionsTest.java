// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

import static io.wgj.monitor.liveness.FakePeer.INITIATION;
import static io.wgj.monitor.liveness.FakePeer.KEEPALIVE;
import static io.wgj.monitor.liveness.FakePeer.PING;
import static io.wgj.monitor.liveness.PeerState.CONNECTING;
import static io.wgj.monitor.liveness.PeerState.DOWN;
import static io.wgj.monitor.liveness.PeerState.IDLE;
import static io.wgj.monitor.liveness.PeerState.QUIET;
import static io.wgj.monitor.liveness.PeerState.STALE;
import static io.wgj.monitor.liveness.PeerState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Each row of the table of transitions, in its order, under a fake clock.
class TransitionsTest {
    // First sample, or a new peer object.

    @ParameterizedTest
    @CsvSource({"0, UP", "60, UP", "179.9, UP", "180, QUIET", "86400, QUIET"})
    void theFirstSampleBelievesAYoungHandshake(double age, PeerState expected) {
        FakePeer peer =
                new FakePeer().withTraffic(1000, 1000).withHandshake(age).step(0);
        assertThat(peer.state()).isEqualTo(expected);
    }

    @Test
    void withoutAHandshakeAPeerIsIdle() {
        FakePeer peer = new FakePeer().withTraffic(0, 148_000).step(0);
        assertThat(peer.state()).isEqualTo(IDLE);
        assertThat(peer.cause()).isEqualTo(Cause.NO_HANDSHAKE);
        assertThat(peer.machine.sinceNanos()).isEqualTo(peer.now());
        assertThat(peer.machine.lastHeardNanos()).isEmpty();
    }

    /// A handshake 60 s ago, and a wall clock that was set since.
    @ParameterizedTest
    @CsvSource({
        "1, UP",
        "-1, UP",
        "3600, QUIET",
        "-3600, QUIET",
        "86400, QUIET",
        "-86400, QUIET",
        "31536000, QUIET",
        "-31536000, QUIET"
    })
    void aWrongWallClockMakesAPeerUnknownAtMost(double ahead, PeerState expected) {
        FakePeer peer = new FakePeer()
                .withTraffic(1000, 1000)
                .withHandshake(60)
                .withWallClock(ahead)
                .step(0);
        assertThat(peer.state()).isEqualTo(expected);
        assertThat(peer.machine.verdict()).isNotEqualTo(Verdict.DOWN);
        assertThat(peer.call().handshake().state()).isEqualTo(UP);
    }

    @Test
    void dataIsBelievedFor180SecondsAfterAHandshakeInTheFuture() {
        FakePeer peer = new FakePeer().withHandshake(-3600).step(0);
        assertThat(peer.wait(175).step(1, PING, 0).state()).isEqualTo(UP);
        peer = new FakePeer().withHandshake(-3600).step(0);
        assertThat(peer.wait(185).step(1, PING, 0).state()).isEqualTo(QUIET);
    }

    @Test
    void dataIsNotBelievedAfterAnOldHandshake() {
        FakePeer peer = new FakePeer().withHandshake(200).step(0);
        assertThat(peer.step(1, PING, 0).state()).isEqualTo(QUIET);
    }

    @ParameterizedTest
    @EnumSource(PeerState.class)
    void aNewPeerObjectStartsAnew(PeerState before) {
        FakePeer peer = FakePeer.in(before).withTraffic(0, 0).withHandshake(1).step(1);
        assertThat(peer.state()).isEqualTo(UP);
        assertThat(peer.machine.openRounds()).isZero();

        peer = FakePeer.in(before).withTraffic(0, 0).withHandshake(500).step(1);
        assertThat(peer.state()).isEqualTo(QUIET);

        Verdict verdict = FakePeer.in(before).machine.verdict();
        peer = FakePeer.in(before).recreated();
        assertThat(peer.state()).isEqualTo(IDLE);
        assertThat(peer.machine.verdict()).isEqualTo(verdict);
        assertThat(peer.machine.lastHeardNanos()).isEmpty();
    }

    // Proofs.

    @ParameterizedTest
    @EnumSource(PeerState.class)
    void aHandshakeProvesEveryPeerUp(PeerState before) {
        FakePeer peer = FakePeer.in(before).handshake();
        assertThat(peer.state()).isEqualTo(UP);
        assertThat(peer.cause()).isEqualTo(Cause.HANDSHAKE);
        assertThat(peer.changed()).isEqualTo(before != UP);
        assertThat(peer.machine.verdict()).isEqualTo(Verdict.UP);
        assertThat(peer.machine.openRounds()).isZero();
    }

    @ParameterizedTest
    @EnumSource(PeerState.class)
    void anAnsweredProbeProvesEveryPeerUp(PeerState before) {
        FakePeer peer = FakePeer.in(before);
        long now = peer.now() + Timing.MILLISECOND;
        assertThat(peer.machine.probeAnswered(now)).isEqualTo(before != UP);
        assertThat(peer.state()).isEqualTo(UP);
        assertThat(peer.cause()).isEqualTo(Cause.PROBE_ANSWERED);
        assertThat(peer.machine.lastHeardNanos()).hasValue(now);
        if (before != UP) {
            assertThat(peer.machine.sinceNanos()).isEqualTo(now);
        }
    }

    @Test
    void aProbeSaysNothingBeforeTheFirstSample() {
        PeerLiveness machine = new PeerLiveness();
        assertThat(machine.probeAnswered(5)).isFalse();
        assertThat(machine.state()).isEqualTo(IDLE);
    }

    @Test
    void downEndsWithNothingLess() {
        FakePeer peer = FakePeer.down();
        long since = peer.machine.sinceNanos();
        for (int i = 0; i < 50; i++) {
            peer.ping().step(1, KEEPALIVE, 0).call().knock().wait(20);
            assertThat(peer.state()).isEqualTo(DOWN);
        }
        assertThat(peer.machine.sinceNanos()).isEqualTo(since);
        assertThat(peer.machine.verdict()).isEqualTo(Verdict.DOWN);
    }

    // Down.

    @Test
    void pingsWithoutAnswerBringAPeerDown() {
        FakePeer peer = FakePeer.pinging();
        // The first call is missing 1.5 s after the 16th second, the second after the 21st.
        assertThat(peer.unanswered(22).state()).isEqualTo(STALE);
        assertThat(peer.step(.9, 0, PING).state()).isEqualTo(DOWN);
        assertThat(peer.cause()).isEqualTo(Cause.ANSWERS_MISSING);
        assertThat(peer.machine.reason().calls()).isEqualTo(2);
        assertThat(peer.secondsSinceHeard()).isBetween(22.0, 25.0);
        assertThat(peer.machine.verdict()).isEqualTo(Verdict.DOWN);
    }

    @Test
    void unansweredTrafficAloneBringsNoPeerDown() {
        FakePeer peer = FakePeer.pinging();
        for (int i = 0; i < 100; i++) {
            peer.step(1, 0, PING);
        }
        assertThat(peer.state()).isEqualTo(UP);
    }

    @Test
    void dataWithoutAnswersByNatureTakesMoreTime() {
        FakePeer peer = FakePeer.up();
        for (int i = 0; i < 30; i++) { // The keepalives of the far end are all that comes back.
            peer.step(1, i % 10 == 9 ? KEEPALIVE : 0, PING);
        }
        peer.step(1, KEEPALIVE, 0);
        assertThat(peer.unanswered(45).state()).isEqualTo(STALE);
        assertThat(peer.unanswered(15).state()).isEqualTo(STALE);
        // By now 9 + 3 calls are missing, or calls and passive keepalives.
        assertThat(peer.calls(2).state()).isEqualTo(DOWN);
        assertThat(peer.cause()).isEqualTo(Cause.ANSWERS_MISSING);
    }

    @Test
    void whereOnlyKeepalivesWereSentMoreMustBeMissing() {
        FakePeer peer = FakePeer.up();
        peer.wait(10);
        assertThat(peer.calls(17).state()).isEqualTo(STALE);
        assertThat(peer.calls(1).state()).isEqualTo(DOWN);
        assertThat(peer.cause()).isEqualTo(Cause.ANSWERS_MISSING);
    }

    @Test
    void aLinkThatWorksInOneDirectionIsDown() {
        FakePeer peer = FakePeer.up();
        for (int i = 0; i < 17; i++) {
            peer.step(2, PING, 0).step(2, PING, 0).knock();
        }
        assertThat(peer.state()).isEqualTo(STALE);
        assertThat(peer.step(2, PING, 0)
                        .step(2, PING, 0)
                        .knock()
                        .step(2, PING, 0)
                        .state())
                .isEqualTo(DOWN);
        assertThat(peer.cause()).isEqualTo(Cause.HANDSHAKES_FAILED);
        assertThat(peer.machine.openRounds()).isEqualTo(18);
    }

    @Test
    void aPeerThatNeverAnsweredIsDownAfterWireGuardsTries() {
        FakePeer peer = FakePeer.idle();
        assertThat(peer.calls(17).state()).isEqualTo(CONNECTING);
        assertThat(peer.calls(1).state()).isEqualTo(DOWN);
        assertThat(peer.machine.verdict()).isEqualTo(Verdict.DOWN);
    }

    @Test
    void aPauseAfterManyCallsMeansThatWireGuardGaveUp() {
        FakePeer peer = FakePeer.up().calls(12);
        assertThat(peer.state()).isEqualTo(STALE);
        assertThat(peer.wait(8).state()).isEqualTo(DOWN);
        assertThat(peer.cause()).isEqualTo(Cause.CALLS_GIVEN_UP);
    }

    @Test
    void aPauseAfterFewerCallsMeansNothing() {
        assertThat(FakePeer.up().calls(11).wait(8).state()).isEqualTo(STALE);
    }

    /// The far end's call may have swallowed ours.
    @Test
    void aPauseAfterACallOfTheFarEndMeansNothing() {
        FakePeer peer = FakePeer.up().calls(12).knock();
        assertThat(peer.wait(9).state()).isEqualTo(STALE);
        assertThat(peer.wait(3).state()).isEqualTo(STALE);
    }

    @Test
    void aHostThatSendsNotEvenKeepalivesCannotSend() {
        FakePeer peer = FakePeer.up(25);
        assertThat(peer.wait(60).state()).isEqualTo(UP);
        assertThat(peer.wait(1).state()).isEqualTo(DOWN);
        assertThat(peer.cause()).isEqualTo(Cause.CANNOT_SEND);
        assertThat(peer.machine.reason().moment()).hasValue(peer.now() - 61 * Timing.SECOND);
    }

    @Test
    void aPeerThatWasNeverHeardProvesNothingAboutSending() {
        assertThat(FakePeer.idle().withKeepalive(25).wait(300).state()).isEqualTo(IDLE);
    }

    /// Its calls keep evidence pending, so the rule is asked at each sample.
    @Test
    void aPeerThatWasCalledButNeverHeardProvesNothingAboutSending() {
        FakePeer peer = FakePeer.connecting().withKeepalive(25).wait(300);
        assertThat(peer.state()).isEqualTo(IDLE);
        assertThat(peer.machine.verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aChangedKeepaliveStartsTheStillnessAnew() {
        FakePeer peer = FakePeer.up(25).wait(50).withKeepalive(20).step(1);
        assertThat(peer.wait(50).state()).isEqualTo(UP);
        assertThat(peer.wait(1).state()).isEqualTo(DOWN);
    }

    @Test
    void aSteadyRhythmOfKeepalivesThatStopsIsDown() {
        FakePeer peer = FakePeer.up();
        for (int i = 0; i < 5; i++) {
            peer.wait(24).step(1, KEEPALIVE, 0);
        }
        // On a calm path 8 keepalives of 25 s must be missing.
        assertThat(peer.wait(8 * 25 + 2).state()).isNotEqualTo(DOWN);
        assertThat(peer.wait(1).state()).isEqualTo(DOWN);
        assertThat(peer.cause()).isEqualTo(Cause.KEEPALIVES_STOPPED);
        assertThat(peer.machine.reason().count()).isEqualTo(25);
    }

    @ParameterizedTest
    @CsvSource({"3, 25, 25", "5, 25, 32"})
    void threeKeepalivesOrUnsteadyOnesAreNoRhythm(int count, int gap, int otherGap) {
        FakePeer peer = FakePeer.up().step(1, PING, PING);
        for (int i = 0; i < count; i++) {
            peer.wait((i % 2 == 0 ? gap : otherGap) - 1).step(1, KEEPALIVE, 0);
        }
        assertThat(peer.wait(1000).state()).isEqualTo(QUIET);
    }

    @Test
    void oneUnansweredCallBringsNoPeerDown() {
        FakePeer peer = FakePeer.up();
        for (int i = 0; i < 300; i++) { // 25 keepalives of the far end are missing.
            peer.step(1, 0, i == 20 ? INITIATION : 144);
            assertThat(peer.state()).isNotEqualTo(DOWN);
        }
    }

    @Test
    void onALossyPathMoreCallsMustBeUnanswered() {
        FakePeer peer = FakePeer.pinging();
        for (int i = 0; i < 3; i++) {
            peer.calls(5).handshake();
        }
        for (int i = 0; i < 20; i++) {
            peer.ping();
        }
        // Traffic fails together, so ten of its missing answers count.
        assertThat(peer.unanswered(50).state()).isEqualTo(STALE);
        assertThat(peer.machine.lossLearned()).isGreaterThan(.5);
        assertThat(peer.unanswered(100).state()).isEqualTo(DOWN);
    }

    // Peers that are not known to be up.

    @ParameterizedTest
    @EnumSource(
            value = PeerState.class,
            names = {"IDLE", "CONNECTING"})
    void dataAloneDoesNotMakeANeverSeenPeerUp(PeerState before) {
        assertThat(FakePeer.in(before).step(1, PING, 0).state()).isEqualTo(before);
    }

    @Test
    void aQuietPeerThatIsHeardIsUp() {
        FakePeer peer = new FakePeer().withHandshake(-1).step(0);
        assertThat(peer.state()).isEqualTo(QUIET);
        assertThat(peer.step(1, PING, 0).state()).isEqualTo(UP);
        assertThat(peer.cause()).isEqualTo(Cause.HEARD);
    }

    @Test
    void aConnectingPeerThatIsHeardIsUp() {
        FakePeer peer = new FakePeer().withHandshake(-1).step(0).call();
        assertThat(peer.state()).isEqualTo(CONNECTING);
        assertThat(peer.step(1, PING, 0).state()).isEqualTo(UP);
        assertThat(peer.cause()).isEqualTo(Cause.HEARD);
    }

    @ParameterizedTest
    @EnumSource(
            value = PeerState.class,
            names = {"IDLE", "QUIET"})
    void aCallConnects(PeerState before) {
        FakePeer peer = FakePeer.in(before).call();
        assertThat(peer.state()).isEqualTo(CONNECTING);
        long began = peer.now();
        peer.calls(3);
        assertThat(peer.machine.reason().count()).isEqualTo(4);
        assertThat(peer.machine.reason().moment()).hasValue(began);
        assertThat(peer.machine.sinceNanos()).isEqualTo(began);
    }

    /// A call is implied 16.2 s after the data, although nothing moves any more.
    @Test
    void heavyTrafficOfAQuietPeerImpliesACall() {
        FakePeer peer = FakePeer.quiet().step(1, 0, 20_000).step(1, 0, 20_000);
        assertThat(peer.wait(15).state()).isEqualTo(QUIET);
        assertThat(peer.wait(1).state()).isEqualTo(CONNECTING);
    }

    /// It proves one direction only.
    @ParameterizedTest
    @EnumSource(
            value = PeerState.class,
            names = {"IDLE", "QUIET"})
    void aKnockAloneChangesNothing(PeerState before) {
        assertThat(FakePeer.in(before).knock().state()).isEqualTo(before);
    }

    @Test
    void connectingEndsWhenNothingIsTriedAnyMore() {
        FakePeer never = FakePeer.connecting();
        assertThat(never.wait(30).state()).isEqualTo(CONNECTING);
        assertThat(never.wait(1).state()).isEqualTo(IDLE);
        assertThat(never.cause()).isEqualTo(Cause.CALLS_STOPPED);
        FakePeer once = FakePeer.quiet().call();
        assertThat(once.wait(30).state()).isEqualTo(CONNECTING);
        assertThat(once.wait(1).state()).isEqualTo(QUIET);
    }

    // Peers that are known to be up.

    @Test
    void anUnansweredCallMakesAPeerStale() {
        FakePeer peer = FakePeer.up().wait(20).call();
        assertThat(peer.wait(1).state()).isEqualTo(UP);
        assertThat(peer.wait(1).state()).isEqualTo(STALE);
        assertThat(peer.cause()).isEqualTo(Cause.CALLS_UNANSWERED);
        assertThat(peer.machine.verdict()).isEqualTo(Verdict.UP);
    }

    @Test
    void twoFailedRoundsMakeAPeerStaleThoughItIsHeard() {
        FakePeer peer = FakePeer.up();
        peer.step(4, PING, 0).knock().step(1, PING, 0).step(1, PING, 0);
        assertThat(peer.state()).isEqualTo(UP);
        assertThat(peer.machine.openRounds()).isEqualTo(1);
        peer.step(4, PING, 0).knock().step(1, PING, 0).step(1, PING, 0);
        assertThat(peer.state()).isEqualTo(STALE);
        // Heard, but an open round has failed.
        assertThat(peer.step(1, PING, 0).state()).isEqualTo(STALE);
    }

    @Test
    void aStalePeerThatIsHeardIsUpWhenNoRoundFailed() {
        FakePeer peer = FakePeer.up();
        // Calls too heavy traffic hides are implied, and are no open rounds.
        for (int i = 0; i < 20; i++) {
            peer.step(1, 0, 20_000);
        }
        assertThat(peer.state()).isEqualTo(STALE);
        assertThat(peer.machine.openRounds()).isZero();
        assertThat(peer.step(1, PING, 20_000).state()).isEqualTo(UP);
        assertThat(peer.cause()).isEqualTo(Cause.HEARD);
    }

    @Test
    void silenceBeyondASessionIsQuiet() {
        FakePeer peer = FakePeer.up();
        assertThat(peer.wait(190).state()).isEqualTo(UP);
        assertThat(peer.wait(1).state()).isEqualTo(QUIET);
        assertThat(peer.cause()).isEqualTo(Cause.SILENCE);
        assertThat(peer.machine.verdict()).isEqualTo(Verdict.UP);
    }

    @Test
    void keepalivesPutQuietOff() {
        FakePeer peer = FakePeer.up(100);
        assertThat(peer.wait(100)
                        .step(1, 0, KEEPALIVE)
                        .wait(99)
                        .step(1, 0, KEEPALIVE)
                        .wait(89)
                        .state())
                .isEqualTo(UP);
        assertThat(peer.wait(1).state()).isEqualTo(QUIET);
    }

    @Test
    void quietWaitsUntilCountersStandStill() {
        FakePeer peer = FakePeer.up();
        for (int i = 0; i < 200; i++) {
            peer.step(1, 0, KEEPALIVE);
        }
        assertThat(peer.state()).isEqualTo(UP);
        assertThat(peer.wait(5).state()).isEqualTo(UP);
        assertThat(peer.wait(1).state()).isEqualTo(QUIET);
    }

    // What an administrator changes.

    @Test
    void aNewEndpointDropsWhatIsMissing() {
        FakePeer peer = FakePeer.up().calls(17);
        assertThat(peer.machine.openRounds()).isEqualTo(17);
        peer.withEndpoint(51821).step(1);
        assertThat(peer.machine.openRounds()).isZero();
        assertThat(peer.calls(11).state()).isEqualTo(STALE);
    }

    @Test
    void aRoamingPeerKeepsItsEvidence() {
        FakePeer peer = FakePeer.up();
        for (int i = 0; i < 2; i++) {
            peer.step(4, PING, 0).knock();
        }
        peer.withEndpoint(51821).step(2, PING, 0);
        assertThat(peer.machine.openRounds()).isEqualTo(2);
    }

    /// A tunnel that came up seconds ago: the row of traffic both ways holds from the fifth answer on.
    @Test
    void aFreshPeerThatAlwaysAnsweredIsDownAsFastAsAnOldOne() {
        FakePeer peer = FakePeer.up();
        for (int i = 0; i < 6; i++) {
            peer.ping();
        }
        assertThat(peer.unanswered(25).state()).isEqualTo(DOWN);
    }

    @Test
    void aFreshPeerThatDidNotAlwaysAnswerGetsMoreTime() {
        FakePeer peer = FakePeer.up();
        for (int i = 0; i < 3; i++) {
            peer.ping();
        }
        peer.step(1, 0, PING).step(2.5, 0, 0).step(1, PING, PING).ping().ping();
        assertThat(peer.unanswered(40).state()).isNotEqualTo(DOWN);
    }

    @Test
    void fourAnswersAreNoHabit() {
        FakePeer peer = FakePeer.up();
        for (int i = 0; i < 4; i++) {
            peer.ping();
        }
        assertThat(peer.unanswered(40).state()).isNotEqualTo(DOWN);
    }
}
