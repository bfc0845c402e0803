// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

import static io.wgj.monitor.liveness.FakePeer.INITIATION;
import static io.wgj.monitor.liveness.FakePeer.PING;
import static io.wgj.monitor.liveness.PeerState.DOWN;
import static io.wgj.monitor.liveness.PeerState.QUIET;
import static io.wgj.monitor.liveness.PeerState.STALE;
import static io.wgj.monitor.liveness.PeerState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// What a long time without samples does: a sampler that was stopped, or a host that slept.
class GapsTest {
    @ParameterizedTest
    @EnumSource(
            value = PeerState.class,
            mode = Mode.EXCLUDE,
            names = {"UP", "STALE"})
    void aGapMakesNothingOverdue(PeerState before) {
        FakePeer peer = FakePeer.in(before);
        assertThat(peer.step(300).state()).isEqualTo(before);
        assertThat(peer.changed()).isFalse();
    }

    /// A session has ended meanwhile, which CLOCK_BOOTTIME shows; but no peer is down.
    @ParameterizedTest
    @EnumSource(
            value = PeerState.class,
            names = {"UP", "STALE"})
    void aGapMayMakeAPeerQuietButNotDown(PeerState before) {
        FakePeer peer = FakePeer.in(before);
        assertThat(peer.step(300).state()).isIn(before, STALE, QUIET);
        assertThat(peer.wait(4).state()).isNotEqualTo(DOWN);
    }

    @ParameterizedTest
    @EnumSource(
            value = PeerState.class,
            mode = Mode.EXCLUDE,
            names = {"DOWN"})
    void aGapWithUnansweredTrafficBringsNoPeerDown(PeerState before) {
        FakePeer peer = FakePeer.in(before).step(300, 0, 300 * PING + 2 * INITIATION);
        assertThat(peer.state()).isNotEqualTo(DOWN);
        assertThat(peer.step(1).state()).isNotEqualTo(DOWN);
    }

    @ParameterizedTest
    @EnumSource(
            value = PeerState.class,
            mode = Mode.EXCLUDE,
            names = {"DOWN"})
    void aGapWithTrafficBothWaysAndAHandshakeIsUp(PeerState before) {
        FakePeer peer = FakePeer.in(before).withHandshake(-150).step(300, 300 * PING, 300 * PING);
        assertThat(peer.state()).isEqualTo(UP);
    }

    @Test
    void aGapWithGrowthButNoHandshakeEndsNoDown() {
        assertThat(FakePeer.down().step(300, 300 * PING, 300 * PING).state()).isEqualTo(DOWN);
    }

    @Test
    void aGapCountsAsSixSeconds() {
        FakePeer peer = FakePeer.up(25).wait(50).step(300);
        assertThat(peer.state()).isEqualTo(QUIET);
        assertThat(peer.wait(4).state()).isEqualTo(QUIET);
        assertThat(peer.wait(1).state()).isEqualTo(DOWN);
        assertThat(peer.cause()).isEqualTo(Cause.CANNOT_SEND);
    }

    @Test
    void aClockThatStandsStillOrGoesBackDoesNoHarm() {
        FakePeer peer = FakePeer.pinging();
        assertThat(peer.step(0).step(-5).step(-5, PING, PING).state()).isEqualTo(UP);
        assertThat(peer.ping().state()).isEqualTo(UP);
    }
}
