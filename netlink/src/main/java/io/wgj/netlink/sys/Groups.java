// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import java.util.OptionalInt;

/// The groups of the system, and those of the process at the other end of a Unix socket.
public final class Groups {
    /// `SO_PEERGROUPS` (asm-generic/socket.h), from 4.13 on.
    private static final int SO_PEERGROUPS = 59;

    private static final int GID_SIZE = 4;

    /// Where `gr_gid` stands in `struct group` of 64-bit Linux (grp.h), after two pointers.
    private static final int GROUP_ID = 16;

    private static final int GROUP_SIZE = 32;

    /// More than most processes have.
    private static final int USUAL_GROUPS = 64;

    private Groups() {}

    /// The number of the group called `name`; empty when there is none.
    public static synchronized OptionalInt idOf(String name) {
        try (NativeMemory text = NativeMemory.ofString(name)) {
            // The result lies in memory of the C library that its next look-up overwrites.
            long group = Libc.GETGRNAM.raw(text.address());
            return group == 0
                    ? OptionalInt.empty()
                    : OptionalInt.of(NativeMemory.view(group, GROUP_SIZE).getInt(GROUP_ID));
        }
    }

    /// Adds `group` to the supplementary groups of this process, all threads of it. A program that it becomes
    /// keeps them. Needs CAP_SETGID, unless the group is there already.
    public static void join(int group) throws SystemException {
        int count = Libc.GETGROUPS.call(0, 0);
        try (NativeMemory groups = NativeMemory.allocate(GID_SIZE * (count + 1))) {
            int held = Libc.GETGROUPS.call(count, groups.address());
            for (int i = 0; i < held; i++) {
                if (groups.bytes().getInt(GID_SIZE * i) == group) {
                    return;
                }
            }
            groups.bytes().putInt(GID_SIZE * held, group);
            Libc.SETGROUPS.call(held + 1, groups.address());
        }
    }

    /// Whether the process that connected to a Unix socket had `group` among its supplementary groups at that
    /// moment. Its own group is not one of them.
    ///
    /// @param descriptor of the accepted connection
    public static boolean peerHas(int descriptor, int group) throws SystemException {
        int room = USUAL_GROUPS;
        while (true) {
            try (NativeMemory memory = NativeMemory.allocate(GID_SIZE * (room + 1))) {
                memory.bytes().putInt(0, GID_SIZE * room);
                try {
                    Libc.GETSOCKOPT.call(
                            descriptor,
                            NativeSocket.SOL_SOCKET,
                            SO_PEERGROUPS,
                            memory.address() + GID_SIZE,
                            memory.address());
                } catch (SystemException e) {
                    int needed = memory.bytes().getInt(0) / GID_SIZE;
                    if (!e.errno().is(Errno.ERANGE) || needed <= room) {
                        throw e;
                    }
                    room = needed;
                    continue;
                }
                int count = memory.bytes().getInt(0) / GID_SIZE;
                for (int i = 1; i <= count; i++) {
                    if (memory.bytes().getInt(GID_SIZE * i) == group) {
                        return true;
                    }
                }
                return false;
            }
        }
    }
}
