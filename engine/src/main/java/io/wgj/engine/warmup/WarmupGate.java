// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.warmup;

import io.wgj.engine.core.HandshakeEvent.ResponseReceived;
import io.wgj.engine.core.HandshakeEvent.ResponseSent;
import io.wgj.engine.core.HandshakeListener;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// When a start is over, so that what only helps later may have the processors: the socket answers, and then the first
/// handshake is through, or has not come for a while. It comes at once to an engine that is configured and knows its
/// peers; another would wait for its traffic unprepared.
public final class WarmupGate {
    private final CountDownLatch socketAnswers = new CountDownLatch(1);
    private final CountDownLatch handshake = new CountDownLatch(1);
    private final long patienceMillis;

    /// @param patienceMillis how long the first handshake is waited for
    public WarmupGate(long patienceMillis) {
        this.patienceMillis = patienceMillis;
    }

    public void socketAnswers() {
        socketAnswers.countDown();
    }

    /// Learns here of the handshake, and tells `next` everything.
    public HandshakeListener before(HandshakeListener next) {
        return event -> {
            if (event instanceof ResponseSent || event instanceof ResponseReceived) {
                handshake.countDown();
            }
            next.happened(event);
        };
    }

    public void await() throws InterruptedException {
        socketAnswers.await();
        boolean _ = handshake.await(patienceMillis, TimeUnit.MILLISECONDS);
    }
}
