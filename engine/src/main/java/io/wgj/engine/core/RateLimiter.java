// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

/// Limits each address to twenty handshakes a second, five at once; IPv6 by its first 64 bits. The table has
/// a fixed size: an address may stand in one of eight places. When others seen within the last second have
/// all of them, it has to wait. For one thread.
final class RateLimiter {
    private static final int SLOTS = 1 << 13;
    private static final int WAYS = 8;
    private static final long COST = 1_000_000_000L / 20;
    private static final long BURST = 5 * COST;
    /// An address that was quiet for so long has all its tokens back and is forgotten.
    private static final long IDLE = 1_000_000_000L;

    private final long[] addresses = new long[SLOTS];
    private final boolean[] ipv6 = new boolean[SLOTS];
    private final boolean[] used = new boolean[SLOTS];
    private final long[] times = new long[SLOTS];
    private final long[] tokens = new long[SLOTS];
    private final long seed;

    /// @param seed unpredictable, so that an attacker cannot choose addresses that share their places
    RateLimiter(long seed) {
        this.seed = seed;
    }

    /// Whether one more handshake from this flow's remote address may be handled.
    boolean allow(UdpFlow from, long now) {
        long address = from.ipv6() ? from.remoteHigh() : from.remoteLow();
        int bucket = (int) (mix(address + (from.ipv6() ? 1 : 0)) & SLOTS - WAYS);
        int free = -1;
        for (int slot = bucket; slot < bucket + WAYS; slot++) {
            if (used[slot] && addresses[slot] == address && ipv6[slot] == from.ipv6()) {
                return take(slot, now);
            }
            if (!used[slot] || now - times[slot] > IDLE) {
                free = slot;
            }
        }
        if (free < 0) {
            return false;
        }
        addresses[free] = address;
        ipv6[free] = from.ipv6();
        used[free] = true;
        times[free] = now;
        tokens[free] = BURST - COST;
        return true;
    }

    private boolean take(int slot, long now) {
        long have = Math.min(BURST, tokens[slot] + (now - times[slot]));
        times[slot] = now;
        boolean enough = have >= COST;
        tokens[slot] = enough ? have - COST : have;
        return enough;
    }

    /// The finalizer of SplitMix64.
    private long mix(long value) {
        long z = value * 0x9e3779b97f4a7c15L + seed;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
