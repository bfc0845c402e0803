// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine;

import io.wgj.engine.crypto.Primitives;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// Finds, loads and tests the ciphers in a thread of its own while another thread opens the TUN and the
/// sockets; both take about as long. No cipher is used before it has passed its test.
final class CipherChoice {
    private final FutureTask<Primitives> task;
    private final AtomicBoolean started = new AtomicBoolean();

    /// @param choosing called once
    CipherChoice(Supplier<Primitives> choosing) {
        task = new FutureTask<>(choosing::get);
    }

    /// Starts the thread, unless it was started before.
    void start() {
        if (!started.getAndSet(true)) {
            Thread.ofPlatform().daemon().name("ciphers").start(task);
        }
    }

    /// Waits for the ciphers. Throws what the choice has thrown.
    Primitives get() {
        start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException _) {
                    // Go on waiting: without ciphers there is no engine that could end in an orderly way.
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("no ciphers", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
