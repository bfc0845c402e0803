// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import io.wgj.config.text.Latin1;

/// What a thread may do beyond an ordinary user's rights (capabilities(7)), as sets of bits. They belong to
/// threads, not to processes: those of a JVM that is running can no longer be taken from all of its threads.
/// So they are taken from one thread, which then becomes another program ([ProgramImage#become]).
public final class Capabilities {
    /// Binding to ports below 1024.
    public static final long CAP_NET_BIND_SERVICE = 1L << 10;
    /// Links, addresses, marks, TUN devices.
    public static final long CAP_NET_ADMIN = 1L << 12;

    /// `_LINUX_CAPABILITY_VERSION_3` (linux/capability.h)
    private static final int VERSION = 0x20080522;

    private static final int PR_CAPBSET_DROP = 24;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int PR_CAP_AMBIENT = 47;
    private static final int PR_CAP_AMBIENT_RAISE = 2;
    private static final String EFFECTIVE = "CapEff:";

    private Capabilities() {}

    /// What the process's first thread may do.
    public static long effective() throws SystemException {
        String status = Latin1.of(NativeFile.readAll("/proc/self/status"));
        int line = status.indexOf("\n" + EFFECTIVE);
        int end = status.indexOf('\n', line + 1);
        if (line < 0 || end < 0) {
            throw new SystemException("/proc/self/status", Errno.EPROTO);
        }
        return Long.parseUnsignedLong(
                status.substring(line + 1 + EFFECTIVE.length(), end).strip(), 16);
    }

    /// Leaves the calling thread, and the program it becomes, with no more than `kept`, for good: not even a
    /// program that belongs to root with a set-user-id bit gives more back.
    public static void keepOnly(long kept) throws SystemException {
        for (int i = 0; i < Long.SIZE; i++) {
            if ((kept >>> i & 1) == 0 && Libc.PRCTL.raw(5, PR_CAPBSET_DROP, i, 0, 0, 0) != 0) {
                // Without CAP_SETPCAP, or past the last one that this kernel has: what follows holds without it.
                break;
            }
        }
        // execve gives root everything that the bounding set has, but with this flag no more than there was before.
        Libc.PRCTL.call(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        long allowed = kept & effective();
        // struct __user_cap_header_struct: 0 u32 version, 4 s32 pid (0: this thread)
        // struct __user_cap_data_struct[2], low and high halves: 0 u32 effective, 4 u32 permitted, 8 u32 inheritable
        try (NativeMemory header = NativeMemory.allocate(8);
                NativeMemory data = NativeMemory.allocate(24)) {
            header.bytes().putInt(0, VERSION);
            for (int field = 0; field < 12; field += 4) {
                data.bytes().putInt(field, (int) allowed).putInt(12 + field, (int) (allowed >>> 32));
            }
            Libc.CAPSET.call(header.address(), data.address());
        }
        // For other users than root, execve keeps the ambient ones alone.
        for (int i = 0; i < Long.SIZE; i++) {
            if ((allowed >>> i & 1) != 0) {
                Libc.PRCTL.call(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, i, 0, 0);
            }
        }
    }
}
