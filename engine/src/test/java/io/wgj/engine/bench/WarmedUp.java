// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.bench;

import io.wgj.engine.core.Clock;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.warmup.Warmup;
import java.time.Instant;

/// A benchmark in a JVM that has begun as an engine's does. The compiler makes an engine's innermost loops of
/// what it has seen of them by then, and once; of a benchmark's own calls alone it makes other code, now
/// faster, now slower: the sum over 1,400 bytes, for one, took 13 or 250 ns.
public abstract class WarmedUp {
    private static final long COMPILER_MILLIS = 500;

    static {
        long arrived = Warmup.ofStart(Primitives.choose(null, null), new SystemClock(), false);
        if (arrived == 0) {
            throw new IllegalStateException("nothing was rehearsed");
        }
        try {
            Thread.sleep(COMPILER_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private record SystemClock() implements Clock {
        @Override
        public long bootNanos() {
            return System.nanoTime();
        }

        @Override
        public Instant wall() {
            return Instant.now();
        }
    }
}
