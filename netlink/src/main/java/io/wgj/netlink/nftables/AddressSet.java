// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The prefixes of one family that a rule compares addresses with.
///
/// @param name a byte a char, unique in its table
/// @param id its number within the batch that makes it, unique in its table and not 0
/// @param family of all its prefixes
/// @param prefixes in any order; they may touch and overlap, and host bits do not matter
public record AddressSet(String name, int id, IpFamily family, List<IpPrefix> prefixes) {
    /// Throws `IllegalArgumentException` for a prefix of the other family.
    public AddressSet {
        prefixes = List.copyOf(prefixes);
        for (IpPrefix prefix : prefixes) {
            if (prefix.family() != family) {
                throw new IllegalArgumentException("networks of both families in set " + name);
            }
        }
    }

    /// The first address of an interval, or the first address behind it.
    record Boundary(RegisterValue address, boolean isEnd) {}

    /// The set as the kernel stores it: in ascending order, beginnings and ends in turn. An end comes first unless
    /// the first interval begins with the lowest address. The highest address has no end behind it.
    List<Boundary> boundaries() {
        List<IpPrefix> ordered = new ArrayList<>(prefixes);
        ordered.sort(Comparator.comparing(AddressSet::first));
        List<Boundary> boundaries = new ArrayList<>();
        for (IpPrefix prefix : ordered) {
            append(boundaries, first(prefix), RegisterValue.of(prefix.address()).afterAllOf(prefix.length()));
        }
        // An end behind the highest address has wrapped to zero.
        if (!boundaries.isEmpty() && boundaries.getLast().address().isZero()) {
            boundaries.removeLast();
        }
        if (!boundaries.isEmpty() && !boundaries.getFirst().address().isZero()) {
            boundaries.addFirst(new Boundary(zero(), true));
        }
        return boundaries;
    }

    /// The kernel refuses intervals that touch or overlap, so they become one. An end of zero is behind every
    /// address.
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

    private static RegisterValue first(IpPrefix prefix) {
        return RegisterValue.of(prefix.masked().address());
    }

    private RegisterValue zero() {
        return RegisterValue.of(IpAddress.unspecified(family));
    }
}
