// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

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
        try (NativeMemory text = NativeMemory.ofString(name)) {
            return (int) Libc.IF_NAMETOINDEX.raw(text.address());
        }
    }
}
