// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.device.HandshakeTime;
import io.wgj.config.device.PeerState;
import io.wgj.engine.clock.KnownTimes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Moments that have passed, as this host knows them.
class HostClockTest {
    @TempDir
    private Path folder;

    private ClockFacts facts(PeerState... peers) {
        return new HostClock(new KnownTimes(folder.toString())).facts(List.of(peers));
    }

    @Test
    void aClockThatIsRightIsBehindNothing() {
        new KnownTimes(folder.toString()).write("a", new KnownTimes.Times(Instant.now(), Instant.now()));
        ClockFacts facts = facts(new PeerState(FactsDraft.PEER)
                .withLatestHandshake(new HandshakeTime(Instant.now().getEpochSecond() - 5, 0)));
        assertThat(facts.known()).isEmpty();
        assertThat(facts.stepped()).isZero();
    }

    /// Times of initiations are reserved ahead, so that only the clock of that moment tells.
    @Test
    void whatAnEngineHasWrittenDownHasPassed() {
        Instant later = Instant.now().plusSeconds(7200);
        new KnownTimes(folder.toString()).write("a", new KnownTimes.Times(later, Instant.now()));
        assertThat(facts().known()).isEmpty();
        new KnownTimes(folder.toString()).write("b", new KnownTimes.Times(later, later));
        assertThat(facts().behind()).isGreaterThan(Duration.ofMinutes(119));
        assertThat(facts().known().orElseThrow().source()).contains("wrote to /var/lib/wgj");
    }

    @Test
    void aHandshakeHasPassed() {
        long later = Instant.now().getEpochSecond() + 90;
        ClockFacts facts = facts(new PeerState(FactsDraft.PEER).withLatestHandshake(new HandshakeTime(later, 0)));
        assertThat(facts.behind()).isGreaterThan(Duration.ofSeconds(80));
        assertThat(facts.known().orElseThrow().source()).contains("latest handshake");
    }
}
