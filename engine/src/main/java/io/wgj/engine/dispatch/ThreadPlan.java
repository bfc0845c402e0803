// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.dispatch;

import io.wgj.engine.io.EngineFeatures;
import org.jspecify.annotations.Nullable;

/// How many threads carry packets. With two processors or fewer there is one thread for each direction. With
/// more, several TX threads read one queue of the TUN each, and workers encrypt and decrypt for them and for
/// RX.
///
/// @param txQueues TX threads, each with a queue of the TUN; at least 1
/// @param workers threads that open what RX receives and seal what TX threads read; 0 for none
/// @param spins whether a worker without work looks for more for a moment before it sleeps; false where that
///     would take the processor away from other threads
public record ThreadPlan(int txQueues, int workers, boolean spins) {
    /// One thread for each direction.
    public static final ThreadPlan SIMPLE = new ThreadPlan(1, 0, false);

    private static final int FEW = 2;
    private static final int MOST_BY_RULE = 4;
    private static final int MOST = 64;

    /// The plan for this process: computed from its processors, unless `WGJ_ENGINE_TX_QUEUES` and
    /// `WGJ_ENGINE_WORKERS` say otherwise.
    public static ThreadPlan ofProcess() {
        int processors = Runtime.getRuntime().availableProcessors();
        return of(processors, EngineFeatures.setting("TX_QUEUES"), EngineFeatures.setting("WORKERS"));
    }

    /// The plan for a number of processors.
    ///
    /// @param processors that this process may use, as the JVM counts them
    /// @param queues a number as text, at least 1; null or anything else for the computed one
    /// @param workers a number as text, at least 0; null or anything else for the computed one
    static ThreadPlan of(int processors, @Nullable String queues, @Nullable String workers) {
        boolean few = processors <= FEW;
        int half = Math.min(processors / 2, MOST_BY_RULE);
        return new ThreadPlan(number(queues, 1, few ? 1 : half), number(workers, 0, few ? 0 : half), !few);
    }

    private static int number(@Nullable String text, int least, int otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            return number < least ? otherwise : Math.min(number, MOST);
        } catch (NumberFormatException _) {
            return otherwise;
        }
    }
}
