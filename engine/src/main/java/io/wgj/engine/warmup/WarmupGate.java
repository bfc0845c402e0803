// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.warmup;

import io.wgj.engine.core.HandshakeEvent.ResponseReceived;
import io.wgj.engine.core.HandshakeEvent.ResponseSent;
import io.wgj.engine.core.HandshakeListener;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Decides when the warm-up may run: after the UAPI socket answers, and after the first handshake or a short
/// wait for it. A configured engine whose peers are reachable has its first handshake at once. Another one
/// must not wait longer, or its first traffic meets code that is not compiled.
public final class WarmupGate {
    private final CountDownLatch socketAnswers = new CountDownLatch(1);
    private final CountDownLatch handshake = new CountDownLatch(1);
    private final long patienceMillis;

    /// @param patienceMillis how long to wait for the first handshake
    public WarmupGate(long patienceMillis) {
        this.patienceMillis = patienceMillis;
    }

    /// The UAPI socket answers.
    public void socketAnswers() {
        socketAnswers.countDown();
    }

    /// A listener that watches for the first handshake and passes every event on to `next`.
    public HandshakeListener before(HandshakeListener next) {
        return event -> {
            if (event instanceof ResponseSent || event instanceof ResponseReceived) {
                handshake.countDown();
            }
            next.happened(event);
        };
    }

    /// Waits until the warm-up may run.
    public void await() throws InterruptedException {
        socketAnswers.await();
        boolean _ = handshake.await(patienceMillis, TimeUnit.MILLISECONDS);
    }
}
