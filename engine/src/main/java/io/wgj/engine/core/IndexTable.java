// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Who is meant by a receiver index: random 32-bit numbers to sessions and waiting handshakes. RX looks up
/// without a lock; writers exclude each other. Open addressing: a slot that was left keeps a mark so that
/// the search goes on behind it, and the table is written anew, in one store, when marks and entries fill
/// half of it.
final class IndexTable {
    private static final int LEAST_SLOTS = 64;
    private static final IndexOwner LEFT = Mark.LEFT;

    /// What stands where an entry was.
    enum Mark implements IndexOwner {
        LEFT;

        @Override
        public int localIndex() {
            return 0;
        }
    }

    private final IntSupplier random;
    private volatile AtomicReferenceArray<@Nullable IndexOwner> slots = new AtomicReferenceArray<>(LEAST_SLOTS);
    private int entries;
    private int marks;

    /// @param random unpredictable numbers, which also spread over the slots
    IndexTable(IntSupplier random) {
        this.random = random;
    }

    /// The owner of `index`; null when nobody has it.
    @Nullable
    IndexOwner find(int index) {
        AtomicReferenceArray<@Nullable IndexOwner> table = slots;
        int mask = table.length() - 1;
        for (int at = index & mask; ; at = at + 1 & mask) {
            IndexOwner owner = table.getAcquire(at);
            if (owner == null) {
                return null;
            }
            if (owner.localIndex() == index && owner != LEFT) {
                return owner;
            }
        }
    }

    /// A random index that nobody has at this moment. It is not taken before [#put]; CONTROL alone takes
    /// new ones.
    synchronized int fresh() {
        int index = random.getAsInt();
        while (find(index) != null) {
            index = random.getAsInt();
        }
        return index;
    }

    /// Lets `owner` have its index, instead of whoever had it.
    synchronized void put(IndexOwner owner) {
        int mask = slots.length() - 1;
        for (int at = owner.localIndex() & mask; ; at = at + 1 & mask) {
            IndexOwner there = slots.get(at);
            if (there == null) {
                break;
            }
            if (there != LEFT && there.localIndex() == owner.localIndex()) {
                slots.setRelease(at, owner);
                return;
            }
        }
        entries++;
        if (2 * (entries + marks) > slots.length()) {
            rewrite();
        }
        insert(slots, owner);
    }

    /// Takes the index away if `owner` still has it.
    synchronized void remove(IndexOwner owner) {
        int mask = slots.length() - 1;
        for (int at = owner.localIndex() & mask; ; at = at + 1 & mask) {
            IndexOwner there = slots.get(at);
            if (there == null) {
                return;
            }
            if (there == owner) {
                slots.setRelease(at, LEFT);
                entries--;
                marks++;
                return;
            }
        }
    }

    /// How many have an index.
    synchronized int size() {
        return entries;
    }

    private void rewrite() {
        int length = Math.max(LEAST_SLOTS, Integer.highestOneBit(entries) * 8);
        AtomicReferenceArray<@Nullable IndexOwner> larger = new AtomicReferenceArray<>(length);
        for (int i = 0; i < slots.length(); i++) {
            IndexOwner owner = slots.get(i);
            if (owner != null && owner != LEFT) {
                insert(larger, owner);
            }
        }
        marks = 0;
        slots = larger;
    }

    private static void insert(AtomicReferenceArray<@Nullable IndexOwner> table, IndexOwner owner) {
        int mask = table.length() - 1;
        int at = owner.localIndex() & mask;
        // Not into a slot that was left: a reader may be past it already, and the mark count would be
        // wrong.
        while (table.get(at) != null) {
            at = at + 1 & mask;
        }
        table.setRelease(at, owner);
    }
}
