// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine;

import io.wgj.engine.crypto.Primitives;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// Ciphers that are looked for, loaded and tried in a thread of their own, while another opens the doors: each takes a
/// start about as long. Nobody has them before they have passed.
final class CipherChoice {
    private final FutureTask<Primitives> task;
    private final AtomicBoolean begun = new AtomicBoolean();

    /// @param choosing asked once
    CipherChoice(Supplier<Primitives> choosing) {
        task = new FutureTask<>(choosing::get);
    }

    /// Lets the thread begin; once is enough.
    void begin() {
        if (!begun.getAndSet(true)) {
            Thread.ofPlatform().daemon().name("ciphers").start(task);
        }
    }

    /// The ciphers, when they are chosen. What went wrong there goes wrong here.
    Primitives get() {
        begin();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException _) {
                    // Without them there is no engine that could be told to end.
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
