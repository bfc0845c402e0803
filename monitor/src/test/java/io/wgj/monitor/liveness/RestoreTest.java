// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A monitor that restarts repeats no change and loses none.
class RestoreTest {
    private final long now = 5000 * Timing.SECOND;
    private final long wall = 1_800_000_000L * Timing.SECOND;
    private final long handshake = wall - 60 * Timing.SECOND;

    private static PeerLiveness restored(SavedLiveness saved) {
        PeerLiveness machine = new PeerLiveness();
        machine.restore(saved);
        return machine;
    }

    private PeerSample sample(long nanos, long latestHandshake) {
        return new PeerSample(nanos, 5000, 5000, latestHandshake, FakePeer.endpoint(51820), 0);
    }

    private SavedLiveness saved(FakePeer peer, long latestHandshake) {
        SavedLiveness saved = peer.machine.save();
        return new SavedLiveness(
                saved.state(),
                saved.verdict(),
                saved.sinceNanos(),
                latestHandshake,
                saved.lastHeardNanos(),
                saved.lossLearned());
    }

    @Test
    void aPeerThatWasUpIsNotUpAgain() {
        SavedLiveness saved = saved(FakePeer.pinging(), handshake);
        PeerLiveness machine = restored(saved);
        assertThat(machine.sample(sample(now, handshake), wall)).isFalse();
        assertThat(machine.state()).isEqualTo(PeerState.UP);
        assertThat(machine.verdict()).isEqualTo(Verdict.UP);
        assertThat(machine.sinceNanos()).isEqualTo(saved.sinceNanos());
    }

    /// Its last handshake is young, which alone would make it up.
    @Test
    void aPeerThatWasDownStaysDownUntilAHandshake() {
        SavedLiveness saved = saved(FakePeer.down(), handshake);
        PeerLiveness machine = restored(saved);
        assertThat(machine.sample(sample(now, handshake), wall)).isFalse();
        assertThat(machine.state()).isEqualTo(PeerState.DOWN);
        assertThat(machine.verdict()).isEqualTo(Verdict.DOWN);
        assertThat(machine.sinceNanos()).isEqualTo(saved.sinceNanos());
        assertThat(machine.lastHeardNanos()).hasValue(now - 60 * Timing.SECOND);
        assertThat(machine.reason().cause()).isEqualTo(Cause.DOWN_BEFORE_RESTART);

        long later = now + Timing.SECOND;
        assertThat(machine.sample(sample(later, handshake), wall)).isFalse();
        assertThat(machine.sample(sample(later, wall), wall)).isTrue();
        assertThat(machine.state()).isEqualTo(PeerState.UP);
        assertThat(machine.sinceNanos()).isEqualTo(later);
    }

    @Test
    void aPeerThatNeverAnsweredStaysDown() {
        FakePeer peer = FakePeer.idle().calls(18);
        PeerLiveness machine = restored(saved(peer, 0));
        assertThat(machine.sample(sample(now, 0), wall)).isFalse();
        assertThat(machine.state()).isEqualTo(PeerState.DOWN);
        assertThat(machine.lastHeardNanos()).isEmpty();
    }

    @Test
    void aHandshakeThatNobodySawCounts() {
        PeerLiveness machine = restored(saved(FakePeer.down(), handshake - 1));
        assertThat(machine.sample(sample(now, handshake), wall)).isTrue();
        assertThat(machine.state()).isEqualTo(PeerState.UP);
        assertThat(machine.verdict()).isEqualTo(Verdict.UP);
    }

    @Test
    void aHandshakeThatNobodySawCountsThoughItsSessionIsOver() {
        PeerLiveness machine = restored(saved(FakePeer.down(), handshake));
        long old = wall - 1000 * Timing.SECOND;
        assertThat(machine.sample(sample(now, old), wall)).isTrue();
        assertThat(machine.state()).isEqualTo(PeerState.QUIET);
        assertThat(machine.verdict()).isEqualTo(Verdict.UP);
    }

    @Test
    void aNewPeerObjectKeepsTheVerdict() {
        PeerLiveness machine = restored(saved(FakePeer.down(), handshake));
        assertThat(machine.sample(sample(now, 0), wall)).isTrue();
        assertThat(machine.state()).isEqualTo(PeerState.IDLE);
        assertThat(machine.verdict()).isEqualTo(Verdict.DOWN);
    }

    @ParameterizedTest
    @EnumSource(PeerState.class)
    void whatIsSavedAfterwardsIsWhatWasRestored(PeerState state) {
        FakePeer peer = FakePeer.in(state);
        SavedLiveness saved = peer.machine.save();
        assertThat(restored(saved).state()).isEqualTo(state);
        assertThat(restored(saved).verdict()).isEqualTo(peer.machine.verdict());
        assertThat(restored(saved).sinceNanos()).isEqualTo(peer.machine.sinceNanos());
        assertThat(restored(saved).lossLearned()).isEqualTo(peer.machine.lossLearned());
    }

    @Test
    void whatWasHeardLastSurvives() {
        SavedLiveness saved = new SavedLiveness(
                PeerState.QUIET,
                Verdict.UP,
                1,
                handshake - 300 * Timing.SECOND,
                OptionalLong.of(now - 400 * Timing.SECOND),
                .4);
        PeerLiveness machine = restored(saved);
        machine.sample(sample(now, handshake - 300 * Timing.SECOND), wall);
        assertThat(machine.state()).isEqualTo(PeerState.QUIET);
        assertThat(machine.lastHeardNanos()).hasValue(now - 400 * Timing.SECOND);
        assertThat(machine.lossLearned()).isEqualTo(.4);
    }
}
