// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a peer costs, in bytes. A monitor may watch thousands.
class CostTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void aPeerTakesLittleMemory() {
        int count = 1000;
        List<PeerLiveness> machines = new ArrayList<>(count);
        machines.add(new PeerLiveness()); // Loads the classes.
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 1; i < count; i++) {
            machines.add(new PeerLiveness());
        }
        long each = (THREADS.getCurrentThreadAllocatedBytes() - before) / (count - 1);
        assertThat(machines).hasSize(count);
        assertThat(each).isLessThanOrEqualTo(416);
    }

    @ParameterizedTest
    @EnumSource(PeerState.class)
    void aSampleWithNothingNewAllocatesNothing(PeerState state) {
        FakePeer peer = FakePeer.in(state);
        PeerLiveness machine = peer.machine;
        List<PeerSample> samples = new ArrayList<>();
        for (int i = 1; i <= 2000; i++) {
            samples.add(peer.sampleAfter(i * Timing.MILLISECOND));
        }
        machine.sample(samples.getFirst(), peer.wallNow());
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (PeerSample sample : samples) {
            machine.sample(sample, peer.wallNow());
        }
        // The loop's own iterator, and what the measurement takes.
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(2000);
        assertThat(machine.state()).isEqualTo(state);
    }

    /// Half a second is for answers that may come.
    @Test
    void samplesAreAsRareAsTheyMayBe() {
        assertThat(seconds(FakePeer.up())).isEqualTo(1);
        assertThat(seconds(FakePeer.up().wait(10))).isEqualTo(5);
        assertThat(seconds(FakePeer.up().wait(20).call())).isEqualTo(.5);
        assertThat(seconds(FakePeer.stale().wait(20))).isEqualTo(.5);
        assertThat(seconds(FakePeer.down())).isEqualTo(.5);
        assertThat(seconds(FakePeer.down().wait(9))).isEqualTo(.5);
        assertThat(seconds(FakePeer.down().wait(10))).isEqualTo(5);
        assertThat(seconds(FakePeer.down().wait(10).step(1, 0, FakePeer.PING))).isEqualTo(.5);
        assertThat(seconds(FakePeer.connecting().wait(31))).isEqualTo(5);
    }

    private static double seconds(FakePeer peer) {
        return peer.machine.intervalNanos() / 1e9;
    }
}
