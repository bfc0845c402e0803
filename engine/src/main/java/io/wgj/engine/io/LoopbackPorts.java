// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The ports that warm-ups of this process hold on the loopback's addresses. A wildcard address cannot be bound to
/// a port that one of these addresses has, and a warm-up runs while the first configuration arrives. So warm-ups
/// keep to ports that configurations seldom name, and give one up when it is asked for.
final class LoopbackPorts {
    /// Above the range from which the kernel takes ports unless it is set otherwise, and above 51820.
    private static final int FIRST = 61_000;

    private static final int COUNT = 65_536 - FIRST;
    private static final Map<Integer, Runnable> HELD = new ConcurrentHashMap<>();

    private LoopbackPorts() {}

    /// A port to try, another one for each try.
    static int candidate(int tries) {
        return FIRST + (int) Long.remainderUnsigned((System.nanoTime() >>> 4) + tries * 7L, COUNT);
    }

    /// Notes that a warm-up holds a port.
    ///
    /// @param giveUp closes what is bound to it; may come from any thread
    static void hold(int port, Runnable giveUp) {
        HELD.put(port, giveUp);
    }

    static void release(int port) {
        HELD.remove(port);
    }

    /// Makes a warm-up of this process give up a port. False when none holds it.
    static boolean free(int port) {
        Runnable giveUp = HELD.remove(port);
        if (giveUp == null) {
            return false;
        }
        giveUp.run();
        return true;
    }
}
