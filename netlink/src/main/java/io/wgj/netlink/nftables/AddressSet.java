// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Networks of one family that a rule looks addresses up in.
///
/// @param name a byte a char, unique in its table
/// @param id its number within the batch that makes it, unique in its table and not 0
/// @param blocks in any order; they may touch and overlap
public record AddressSet(String name, int id, boolean v6, List<AddressBlock> blocks) {
    /// Throws `IllegalArgumentException` for a block of the other family.
    public AddressSet {
        blocks = List.copyOf(blocks);
        for (AddressBlock block : blocks) {
            if (block.v6() != v6) {
                throw new IllegalArgumentException("networks of both families in set " + name);
            }
        }
    }

    /// Where a stretch of addresses begins or where the first one behind it is.
    record Boundary(RegisterValue address, boolean isEnd) {}

    /// The set as the kernel keeps it: in ascending order, a beginning and an end in turn, an end first unless the
    /// beginning is the lowest address, no end behind the highest.
    List<Boundary> boundaries() {
        List<AddressBlock> ordered = new ArrayList<>(blocks);
        ordered.sort(Comparator.comparing(block -> block.address().firstOf(block.length())));
        List<Boundary> boundaries = new ArrayList<>();
        for (AddressBlock block : ordered) {
            append(
                    boundaries,
                    block.address().firstOf(block.length()),
                    block.address().afterAllOf(block.length()));
        }
        // An end behind the highest address has come round to zero.
        if (!boundaries.isEmpty() && boundaries.getLast().address().isZero()) {
            boundaries.removeLast();
        }
        if (!boundaries.isEmpty() && !boundaries.getFirst().address().isZero()) {
            boundaries.addFirst(new Boundary(zero(), true));
        }
        return boundaries;
    }

    /// The kernel refuses stretches that touch or overlap, so they become one. An end of zero is behind everything.
    private static void append(List<Boundary> boundaries, RegisterValue begin, RegisterValue after) {
        if (!boundaries.isEmpty()) {
            RegisterValue end = boundaries.getLast().address();
            if (end.isZero() || begin.compareTo(end) <= 0) {
                if (!end.isZero() && (after.isZero() || after.compareTo(end) > 0)) {
                    boundaries.set(boundaries.size() - 1, new Boundary(after, true));
                }
                return;
            }
        }
        boundaries.add(new Boundary(begin, false));
        boundaries.add(new Boundary(after, true));
    }

    private RegisterValue zero() {
        return v6 ? RegisterValue.networkOrder(0, 0) : RegisterValue.networkOrder(0);
    }
}
