// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.allowed;

import java.util.Arrays;
import java.util.function.IntConsumer;

/// Gives prefixes small numbers, finds them, and walks through them in order. It uses flat arrays, since a
/// million objects would fill a small heap.
final class PrefixMap {
    private static final short UNUSED = -1;

    // Indexed by number. A removed prefix keeps its number until the next walk, since `order` still holds it.
    private long[] high = new long[4];
    private long[] low = new long[4];
    private short[] kind = new short[4];
    private int numbers;
    private int[] free = {};
    private int freeCount;

    // Open addressing: number + 1, or 0 for an empty slot.
    private int[] slots = new int[8];
    private int size;

    /// All numbers in use. The front part was sorted by the last walk.
    private int[] order = new int[4];

    private int orderCount;

    /// The number of a prefix; -1 when it is not in the map.
    int find(long prefixHigh, long prefixLow, int prefixKind) {
        return slots[slotOf(prefixHigh, prefixLow, prefixKind)] - 1;
    }

    /// The number of a prefix, which is added if it is missing. The number is below [#capacity()].
    int put(long prefixHigh, long prefixLow, int prefixKind) {
        int slot = slotOf(prefixHigh, prefixLow, prefixKind);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        int at = newNumber();
        high[at] = prefixHigh;
        low[at] = prefixLow;
        kind[at] = (short) prefixKind;
        slots[slot] = at + 1;
        size++;
        if (orderCount == order.length) {
            order = Arrays.copyOf(order, larger(orderCount));
        }
        order[orderCount++] = at;
        if (2 * size > slots.length) {
            rehash();
        }
        return at;
    }

    /// Removes a prefix.
    void remove(int at) {
        int slot = slotOf(high[at], low[at], kind[at]);
        slots[slot] = 0;
        size--;
        kind[at] = UNUSED;
        // Entries behind the removed one move up, so that no search ends at the hole.
        int mask = slots.length - 1;
        int hole = slot;
        for (int next = slot + 1 & mask; slots[next] != 0; next = next + 1 & mask) {
            int number = slots[next] - 1;
            int home = hash(high[number], low[number], kind[number]) & mask;
            if ((next - home & mask) >= (next - hole & mask)) {
                slots[hole] = slots[next];
                slots[next] = 0;
                hole = next;
            }
        }
    }

    /// Passes all numbers to `taker`: IPv4 first, by address, and at one address the shorter prefix first.
    void forEachInOrder(IntConsumer taker) {
        int kept = 0;
        for (int i = 0; i < orderCount; i++) {
            int at = order[i];
            if (kind[at] == UNUSED) {
                release(at);
            } else {
                order[kept++] = at;
            }
        }
        orderCount = kept;
        sort(0, orderCount, new int[(orderCount + 1) / 2]);
        for (int i = 0; i < orderCount; i++) {
            taker.accept(order[i]);
        }
    }

    long high(int at) {
        return high[at];
    }

    long low(int at) {
        return low[at];
    }

    int kind(int at) {
        return kind[at];
    }

    /// All numbers are smaller.
    int capacity() {
        return kind.length;
    }

    private int newNumber() {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        if (numbers == kind.length) {
            int larger = larger(numbers);
            high = Arrays.copyOf(high, larger);
            low = Arrays.copyOf(low, larger);
            kind = Arrays.copyOf(kind, larger);
        }
        return numbers++;
    }

    private void release(int at) {
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, larger(freeCount));
        }
        free[freeCount++] = at;
    }

    private int slotOf(long prefixHigh, long prefixLow, int prefixKind) {
        int mask = slots.length - 1;
        int slot = hash(prefixHigh, prefixLow, prefixKind) & mask;
        while (slots[slot] != 0) {
            int at = slots[slot] - 1;
            if (high[at] == prefixHigh && low[at] == prefixLow && kind[at] == prefixKind) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void rehash() {
        int[] former = slots;
        slots = new int[2 * former.length];
        for (int entry : former) {
            if (entry != 0) {
                int at = entry - 1;
                slots[slotOf(high[at], low[at], kind[at])] = entry;
            }
        }
    }

    private static int hash(long high, long low, int kind) {
        // Multipliers from splitmix64's mixing function.
        long mixed = (high * 0xbf58476d1ce4e5b9L ^ low) * 0x94d049bb133111ebL + kind * 0x9e3779b97f4a7c15L;
        mixed ^= mixed >>> 32;
        mixed *= 0xbf58476d1ce4e5b9L;
        return (int) (mixed >>> 32);
    }

    /// A merge sort that uses existing order: a few new prefixes behind many old ones take linear time.
    private void sort(int from, int to, int[] work) {
        if (to - from < 2) {
            return;
        }
        int middle = from + to >>> 1;
        sort(from, middle, work);
        sort(middle, to, work);
        if (compare(order[middle - 1], order[middle]) <= 0) {
            return;
        }
        int leftCount = middle - from;
        System.arraycopy(order, from, work, 0, leftCount);
        int left = 0;
        int right = middle;
        int out = from;
        while (left < leftCount) {
            if (right == to || compare(work[left], order[right]) <= 0) {
                order[out++] = work[left++];
            } else {
                order[out++] = order[right++];
            }
        }
    }

    private int compare(int one, int other) {
        boolean ipv4 = Prefix.isIpv4(kind[one]);
        if (ipv4 != Prefix.isIpv4(kind[other])) {
            return ipv4 ? -1 : 1;
        }
        int byAddress = Unsigned.compare(high[one], low[one], high[other], low[other]);
        return byAddress != 0 ? byAddress : Integer.compare(kind[one], kind[other]);
    }

    private static int larger(int length) {
        return Math.max(4, length + (length >> 1));
    }
}
