// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import java.util.OptionalInt;

/// Names and indexes of the interfaces in this thread's network namespace.
public final class Interfaces {
    /// `IF_NAMESIZE` (net/if.h)
    private static final int IF_NAMESIZE = 16;

    private Interfaces() {}

    /// The name of the interface with this index; empty when there is none.
    public static String nameOf(int index) {
        try (NativeMemory name = NativeMemory.allocate(IF_NAMESIZE)) {
            return Libc.IF_INDEXTONAME.raw(index & 0xffff_ffffL, name.address()) == 0
                    ? ""
                    : NativeMemory.string(name.bytes());
        }
    }

    /// The index of the interface called `name`; 0 when there is none.
    public static int indexOf(String name) {
        return lookUp(name).orElse(0);
    }

    /// The same; empty when the look-up failed, because it needs a free descriptor.
    public static OptionalInt lookUp(String name) {
        try (NativeMemory text = NativeMemory.ofString(name)) {
            int index = (int) Libc.IF_NAMETOINDEX.raw(text.address());
            return index == 0 && CFunction.lastError() != Errno.ENODEV ? OptionalInt.empty() : OptionalInt.of(index);
        }
    }
}
