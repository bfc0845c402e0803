// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.engine.path.IncomingTrain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkRingTest {
    private final WorkRing<IncomingTrain> ring = new WorkRing<>(4);

    @Test
    void itHoldsAsManyAsItHasPlacesAndNoMore() {
        List<IncomingTrain> trains = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            assertThat(ring.waiting()).isEqualTo(i);
            trains.add(new IncomingTrain());
            assertThat(ring.offer(trains.get(i))).isEqualTo(i < 4);
            if (i == 4) {
                break;
            }
        }
        assertThat(ring.poll()).isSameAs(trains.get(0));
        assertThat(ring.waiting()).isEqualTo(3);
        assertThat(ring.offer(trains.get(4))).isTrue();
        for (int i = 1; i < 5; i++) {
            assertThat(ring.isEmpty()).isFalse();
            assertThat(ring.poll()).isSameAs(trains.get(i));
        }
        assertThat(ring.isEmpty()).isTrue();
        assertThat(ring.poll()).isNull();
    }

    @Test
    void twoThreadsLoseNothingAndKeepTheOrder() throws Exception {
        int total = 200_000;
        IncomingTrain[] trains = {new IncomingTrain(), new IncomingTrain(), new IncomingTrain()};
        List<IncomingTrain> got = new ArrayList<>();
        Thread worker = Thread.ofPlatform().start(() -> {
            while (got.size() < total) {
                IncomingTrain train = ring.poll();
                if (train == null) {
                    LockSupport.parkNanos(1);
                } else {
                    got.add(train);
                }
            }
        });
        for (int i = 0; i < total; i++) {
            while (!ring.offer(trains[i % 3])) {
                LockSupport.parkNanos(1);
            }
        }
        worker.join();
        for (int i = 0; i < total; i++) {
            assertThat(got.get(i)).isSameAs(trains[i % 3]);
        }
    }
}
