// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceUpdate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Alice's host starts again an hour before it was switched off.
class TimeFloorTest extends AliceAndBob {
    private static final class Floor implements TimeFloor {
        private final Instant floor;
        private int keys;

        Floor(Instant floor) {
            this.floor = floor;
        }

        @Override
        public void use(byte @Nullable [] publicKey) {
            keys += publicKey == null ? 0 : 1;
        }

        @Override
        public Instant notBefore(Instant wall) {
            return wall.isBefore(floor) ? floor : wall;
        }
    }

    private TestNode restarted(@Nullable TimeFloor floor) {
        network.clock.stepWall(-3_600 * SECOND);
        TestNode again = new TestNode(network, 1);
        if (floor != null) {
            again.apply(new DeviceUpdate(Change.clear(), Change.keep(), Change.keep(), false, List.of()));
            again.core.keepTimesAbove(floor);
            again.apply(new DeviceUpdate(Change.set(again.privateKey), Change.keep(), Change.keep(), false, List.of()));
        }
        again.up().addPeer(bob, "10.0.0.2", 32);
        return again;
    }

    @Test
    void withoutAFloorItIsIgnored() {
        connect();
        ping(restarted(null), 1, 2, 1);
        network.run(SECOND);

        assertThat(bob.delivered).hasSize(1);
        assertThat(bob.core.drops().of(Drop.HANDSHAKE_REPLAY)).isEqualTo(1);
    }

    @Test
    void aboveTheFloorItIsAnswered() {
        connect();
        Floor floor = new Floor(network.clock.wall().plusSeconds(600));
        ping(restarted(floor), 1, 2, 1);
        network.run(SECOND);

        assertThat(bob.delivered).hasSize(2);
        assertThat(floor.keys).isEqualTo(1);
    }
}
