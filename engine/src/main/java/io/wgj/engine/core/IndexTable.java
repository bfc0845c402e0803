// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Maps receiver indices, random 32-bit numbers, to sessions and waiting handshakes. RX looks up without a
/// lock; writers exclude each other. Open addressing: an emptied slot keeps a mark, so that the search goes
/// on behind it. When marks and entries fill half of the table, it is written anew and replaced in one store.
final class IndexTable {
    private static final int LEAST_SLOTS = 64;
    private static final IndexOwner LEFT = Mark.LEFT;

    /// Marks an emptied slot.
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

    /// The owner of `index`; null when there is none.
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

    /// A random index without an owner at this moment. It is not reserved before [#put]; only CONTROL takes
    /// new ones.
    synchronized int fresh() {
        int index = random.getAsInt();
        while (find(index) != null) {
            index = random.getAsInt();
        }
        return index;
    }

    /// Gives the index to `owner`, in place of its former owner.
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

    /// Frees the index, if `owner` still has it.
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

    /// How many indices are in use.
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
        // An emptied slot is not used again here: a reader may have passed it already, and the mark count
        // would be wrong.
        while (table.get(at) != null) {
            at = at + 1 & mask;
        }
        table.setRelease(at, owner);
    }
}
