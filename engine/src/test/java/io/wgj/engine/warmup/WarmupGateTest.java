// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.engine.core.HandshakeEvent;
import io.wgj.engine.core.HandshakeListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class WarmupGateTest {
    private static final long FOR_EVER = Long.MAX_VALUE / 1_000_000;
    private static final PublicKey PEER = PublicKey.of(new byte[32]);
    private static final Endpoint.Numeric FROM = new Endpoint.Numeric(IpAddress.ofV4(1), 1);

    private final List<Thread> waiting = new ArrayList<>();

    @AfterEach
    void nobodyIsLeftWaiting() {
        waiting.forEach(Thread::interrupt);
    }

    static List<HandshakeEvent> ends() {
        return List.of(new HandshakeEvent.ResponseSent(PEER, FROM), new HandshakeEvent.ResponseReceived(PEER, FROM));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void comesWithTheFirstHandshake(HandshakeEvent end) throws Exception {
        WarmupGate moment = new WarmupGate(FOR_EVER);
        HandshakeListener listener = moment.before(HandshakeListener.NONE);
        Thread waiter = waiter(moment);
        moment.socketAnswers();
        awaitState(waiter, Thread.State.TIMED_WAITING);

        listener.happened(new HandshakeEvent.InitiationReceived(PEER, FROM));
        awaitState(waiter, Thread.State.TIMED_WAITING);
        listener.happened(end);

        waiter.join();
    }

    @Test
    void comesWithoutAHandshakeWhenPatienceIsOver() throws Exception {
        WarmupGate moment = new WarmupGate(1);
        Thread waiter = waiter(moment);

        moment.socketAnswers();

        waiter.join();
    }

    @Test
    void doesNotComeBeforeTheSocketAnswers() throws Exception {
        WarmupGate moment = new WarmupGate(0);
        moment.before(HandshakeListener.NONE).happened(ends().getFirst());
        Thread waiter = waiter(moment);

        // Without a limit of time: neither handshake nor patience ends it.
        awaitState(waiter, Thread.State.WAITING);
        moment.socketAnswers();

        waiter.join();
    }

    @Test
    void keepsNothingToItself() {
        List<HandshakeEvent> events = new ArrayList<>();
        HandshakeListener listener = new WarmupGate(0).before(events::add);

        ends().forEach(listener::happened);

        assertThat(events).isEqualTo(ends());
    }

    private Thread waiter(WarmupGate moment) {
        Thread waiter = Thread.ofPlatform().daemon().start(() -> {
            try {
                moment.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        waiting.add(waiter);
        return waiter;
    }

    private static void awaitState(Thread thread, Thread.State state) throws InterruptedException {
        while (thread.getState() != state) {
            assertThat(thread.isAlive()).isTrue();
            Thread.sleep(1);
        }
    }
}
