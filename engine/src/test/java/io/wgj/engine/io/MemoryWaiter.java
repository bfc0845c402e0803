// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

/// Sleeps until woken; the in-memory TUN and network wake it through their `onInput`.
public final class MemoryWaiter implements Waiter {
    private boolean woken;

    @Override
    public synchronized void await(int timeoutMillis) {
        long end = System.nanoTime() + timeoutMillis * 1_000_000L;
        try {
            while (!woken) {
                long left = timeoutMillis < 0 ? 1_000 : (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return;
                }
                wait(left);
            }
            woken = false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void wake() {
        woken = true;
        notifyAll();
    }

    @Override
    public void close() {}
}
