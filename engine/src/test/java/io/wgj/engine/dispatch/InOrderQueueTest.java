// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.engine.io.TunClosedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
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

    private final class Handler extends WorkHandler<Numbered> {
        private boolean linkIsGone;
        private int processed;
        private int prepared;

        @Override
        protected void prepare(Numbered train) {
            prepared++;
        }

        @Override
        protected void process(Numbered train) throws TunClosedException {
            if (linkIsGone) {
                throw new TunClosedException("wg0");
            }
            processed++;
            deliver(train);
        }

        @Override
        protected void deliver(Numbered train) {
            together |= inside.getAndIncrement() != 0;
            delivered.add(train.number);
            unflushed++;
            inside.getAndDecrement();
        }

        @Override
        protected void flush() {
            unflushed = 0;
        }
    }

    @Test
    void aTrainThatIsOpenedEarlyWaitsForTheOneBefore() throws Exception {
        InOrderQueue<Numbered> queue = new InOrderQueue<>(3);
        Numbered[] trains = {enqueued(queue, 0), enqueued(queue, 1), enqueued(queue, 2)};
        Handler handler = new Handler();
        handler.handle(trains[2]);
        handler.handle(trains[1]);
        assertThat(delivered).isEmpty();
        handler.handle(trains[0]);
        assertThat(delivered).containsExactly(0L, 1L, 2L);
        assertThat(unflushed).isZero();
        assertThat(trains[1].take()).as("free for RX again").isTrue();
        assertThat(handler.prepared).isEqualTo(2);
    }

    @Test
    void aTrainThatIsNextIsOpenedAndDeliveredAtOnce() throws Exception {
        InOrderQueue<Numbered> queue = new InOrderQueue<>(3);
        Handler handler = new Handler();
        for (long number = 0; number < 10; number++) {
            Numbered train = enqueued(queue, number);
            handler.handle(train);
            assertThat(train.take()).as("free for RX again").isTrue();
            assertThat(unflushed).isZero();
        }
        assertThat(delivered).hasSize(10).isSorted();
        assertThat(handler.processed).isEqualTo(10);
        assertThat(handler.prepared).isZero();
    }

    @Test
    void whileAThreadKeepsTheTurnNoOtherDelivers() throws Exception {
        InOrderQueue<Numbered> queue = new InOrderQueue<>(4);
        Handler keeps = new Handler();
        Handler other = new Handler();
        keeps.handleAndKeep(enqueued(queue, 0));
        keeps.handleAndKeep(enqueued(queue, 1));
        other.handle(enqueued(queue, 2));
        assertThat(delivered).containsExactly(0L, 1L);
        assertThat(unflushed).isEqualTo(2);
        keeps.giveBack();
        assertThat(delivered).containsExactly(0L, 1L, 2L);
        assertThat(unflushed).isZero();
        assertThat(keeps.processed).isEqualTo(2);
        other.handle(enqueued(queue, 3));
        assertThat(delivered).endsWith(3L);
        assertThat(other.processed).isEqualTo(1);
    }

    /// The thread gives back the first queue's turn. Two threads that each kept one queue and wanted the other
    /// would otherwise deliver nothing.
    @Test
    void aThreadHasTheTurnOfOneQueueAtATime() throws Exception {
        InOrderQueue<Numbered> one = new InOrderQueue<>(2);
        InOrderQueue<Numbered> two = new InOrderQueue<>(2);
        Handler keeps = new Handler();
        keeps.handleAndKeep(enqueued(one, 0));
        keeps.handleAndKeep(enqueued(two, 1));
        new Handler().handle(enqueued(one, 2));
        assertThat(delivered).containsExactly(0L, 1L, 2L);
        keeps.giveBack();
        assertThat(unflushed).isZero();
    }

    @Test
    void aDeletedLinkLeavesNoTurnBehind() throws Exception {
        InOrderQueue<Numbered> queue = new InOrderQueue<>(2);
        Handler clumsy = new Handler();
        clumsy.linkIsGone = true;
        Numbered lost = enqueued(queue, 0);
        assertThatThrownBy(() -> clumsy.handle(lost)).isInstanceOf(TunClosedException.class);
        assertThat(lost.take()).as("free again").isTrue();
        new Handler().handle(enqueued(queue, 1));
        assertThat(delivered).containsExactly(1L);
    }

    /// Workers handle some items and the I/O thread the others, as the paths do: it keeps its turn from item to
    /// item, and gives it back before it hands one over, or too late.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5})
    void howeverManyThreadsOpenThemEachIsDeliveredOnceInOrder(int threads) throws Exception {
        int total = 60_000;
        InOrderQueue<Numbered> queue = new InOrderQueue<>(TRAINS);
        List<Numbered> trains = new ArrayList<>();
        for (int i = 0; i < TRAINS; i++) {
            trains.add(new Numbered());
        }
        ConcurrentLinkedQueue<Numbered> ready = new ConcurrentLinkedQueue<>();
        AtomicBoolean finished = new AtomicBoolean();
        List<Thread> openers = new ArrayList<>();
        List<Handler> handlers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Random random = new Random(i);
            Handler handler = new Handler();
            handlers.add(handler);
            openers.add(Thread.ofPlatform().start(() -> {
                while (!finished.get() || !ready.isEmpty()) {
                    Numbered train = ready.poll();
                    if (train == null) {
                        LockSupport.parkNanos(1_000);
                        continue;
                    }
                    // Some take long, and are overtaken.
                    if (random.nextInt(50) == 0) {
                        LockSupport.parkNanos(1_000);
                    }
                    open(train, handler);
                }
            }));
        }
        Random random = new Random(threads);
        Handler io = new Handler();
        handlers.add(io);
        for (long i = 0; i < total; i++) {
            Numbered free = free(trains);
            while (free == null) {
                io.giveBack();
                free = free(trains);
            }
            free.number = i;
            boolean handsOver = threads > 0 && random.nextInt(4) > 0;
            if (handsOver && random.nextInt(8) > 0) {
                io.giveBack();
            }
            queue.enqueue(free);
            if (handsOver) {
                ready.add(free);
            } else {
                io.handleAndKeep(free);
            }
        }
        io.giveBack();
        finished.set(true);
        for (Thread opener : openers) {
            opener.join();
        }
        assertThat(delivered).hasSize(total);
        for (int i = 0; i < total; i++) {
            assertThat(delivered.get(i)).isEqualTo(i);
        }
        assertThat(together).isFalse();
        assertThat(unflushed).isZero();
        assertThat(handlers.stream()
                        .mapToInt(handler -> handler.processed + handler.prepared)
                        .sum())
                .isEqualTo(total);
        // Or nothing was proved.
        assertThat(io.processed).isPositive();
        assertThat(handlers).allSatisfy(handler -> assertThat(handler.processed).isPositive());
        assertThat(handlers.stream().anyMatch(handler -> handler.prepared > 0)).isEqualTo(threads > 0);
    }

    private static @Nullable Numbered free(List<Numbered> trains) {
        return trains.stream().filter(Numbered::take).findFirst().orElse(null);
    }

    private static void open(Numbered train, Handler handler) {
        try {
            handler.handle(train);
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
