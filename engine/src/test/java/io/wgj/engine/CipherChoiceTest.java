// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.engine.crypto.Primitives;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

// `get` waits through an interruption, so a limit in the same thread could not end it.
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CipherChoiceTest {
    private static final Primitives CHOSEN = Primitives.portable();

    @Test
    void isMadeOnceBesideItsCaller() {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch callerIsReady = new CountDownLatch(1);
        CipherChoice choice = new CipherChoice(() -> {
            asked.incrementAndGet();
            await(callerIsReady);
            return CHOSEN;
        });

        choice.start();
        choice.start();
        callerIsReady.countDown();

        assertThat(choice.get()).isSameAs(CHOSEN);
        assertThat(choice.get()).isSameAs(CHOSEN);
        assertThat(asked).hasValue(1);
    }

    @Test
    void isMadeForWhoForgotToBegin() {
        assertThat(new CipherChoice(() -> CHOSEN).get()).isSameAs(CHOSEN);
    }

    @Test
    void outlastsAnInterruption() {
        Thread.currentThread().interrupt();

        assertThat(new CipherChoice(() -> CHOSEN).get()).isSameAs(CHOSEN);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void failsWithItsReason() {
        CipherChoice choice = new CipherChoice(() -> {
            throw new IllegalArgumentException("no such thing");
        });

        assertThatThrownBy(choice::get).hasRootCauseMessage("no such thing");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
