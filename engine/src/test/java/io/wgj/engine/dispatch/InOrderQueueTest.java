// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.engine.io.TunClosedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class InOrderQueueTest {
    private static final int TRAINS = 12;

    /// Not synchronized: the queue has to keep the threads apart.
    private final List<Long> delivered = new ArrayList<>();
    private final AtomicInteger inside = new AtomicInteger();
    private volatile boolean together;
    private int unflushed;

    /// A work item with a number.
    private static final class Numbered extends WorkItem<Numbered> {
        private long number;

        @Override
        public int messages() {
            return 1;
        }

        @Override
        public void forget() {}
    }

    private final class Thief implements WorkHandler<Numbered> {
        @Override
        public void handle(Numbered train) throws TunClosedException {
            train.queue().complete(train, this);
        }

        @Override
        public void deliver(Numbered train) {
            together |= inside.getAndIncrement() != 0;
            delivered.add(train.number);
            unflushed++;
            inside.getAndDecrement();
        }

        @Override
        public void flush() {
            unflushed = 0;
        }
    }

    @Test
    void aTrainThatIsOpenedEarlyWaitsForTheOneBefore() throws Exception {
        InOrderQueue<Numbered> queue = new InOrderQueue<>(3);
        Numbered[] trains = {enqueued(queue, 0), enqueued(queue, 1), enqueued(queue, 2)};
        queue.complete(trains[2], new Thief());
        queue.complete(trains[1], new Thief());
        assertThat(delivered).isEmpty();
        queue.complete(trains[0], new Thief());
        assertThat(delivered).containsExactly(0L, 1L, 2L);
        assertThat(unflushed).isZero();
        assertThat(trains[1].take()).as("free for RX again").isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void howeverManyThreadsOpenThemEachIsDeliveredOnceInOrder(int threads) throws Exception {
        int total = 60_000;
        InOrderQueue<Numbered> queue = new InOrderQueue<>(TRAINS);
        List<Numbered> trains = new ArrayList<>();
        for (int i = 0; i < TRAINS; i++) {
            trains.add(new Numbered());
        }
        ConcurrentLinkedQueue<Numbered> ready = new ConcurrentLinkedQueue<>();
        AtomicInteger opened = new AtomicInteger();
        List<Thread> openers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Random random = new Random(i);
            openers.add(Thread.ofPlatform().start(() -> {
                while (opened.get() < total) {
                    Numbered train = ready.poll();
                    if (train == null) {
                        LockSupport.parkNanos(1_000);
                        continue;
                    }
                    // Some take long, and are overtaken.
                    if (random.nextInt(50) == 0) {
                        LockSupport.parkNanos(1_000);
                    }
                    opened.getAndIncrement();
                    open(train);
                }
            }));
        }
        for (long i = 0; i < total; i++) {
            Numbered free = null;
            while (free == null) {
                free = trains.stream().filter(Numbered::take).findFirst().orElse(null);
            }
            free.number = i;
            queue.enqueue(free);
            ready.add(free);
        }
        for (Thread opener : openers) {
            opener.join();
        }
        assertThat(delivered).hasSize(total);
        for (int i = 0; i < total; i++) {
            assertThat(delivered.get(i)).isEqualTo(i);
        }
        assertThat(together).isFalse();
        assertThat(unflushed).isZero();
    }

    private void open(Numbered train) {
        try {
            train.queue().complete(train, new Thief());
        } catch (TunClosedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Numbered enqueued(InOrderQueue<Numbered> queue, long number) {
        Numbered train = new Numbered();
        assertThat(train.take()).isTrue();
        train.number = number;
        queue.enqueue(train);
        return train;
    }
}
