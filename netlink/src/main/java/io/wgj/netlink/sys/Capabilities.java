// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import io.wgj.config.text.Latin1;

/// The capabilities of a thread (capabilities(7)), as sets of bits. They belong to threads, not to processes,
/// and a running JVM has threads that wgj cannot reach. So one thread drops them and then becomes another
/// program ([ProgramImage#become]).
public final class Capabilities {
    /// Binding to ports below 1024.
    public static final long CAP_NET_BIND_SERVICE = 1L << 10;
    /// Links, addresses, marks, TUN devices.
    public static final long CAP_NET_ADMIN = 1L << 12;
    /// Raw and packet sockets.
    public static final long CAP_NET_RAW = 1L << 13;

    /// `_LINUX_CAPABILITY_VERSION_3` (linux/capability.h)
    private static final int VERSION = 0x20080522;

    private static final int PR_CAPBSET_DROP = 24;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int PR_CAP_AMBIENT = 47;
    private static final int PR_CAP_AMBIENT_RAISE = 2;
    private static final String EFFECTIVE = "CapEff:";

    private Capabilities() {}

    /// The effective capabilities of the process's first thread.
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

    /// Drops every capability except `kept` from the calling thread and from the program it becomes. Not even
    /// a set-user-id program of root gets more back.
    public static void keepOnly(long kept) throws SystemException {
        for (int i = 0; i < Long.SIZE; i++) {
            if ((kept >>> i & 1) == 0 && Libc.PRCTL.raw(5, PR_CAPBSET_DROP, i, 0, 0, 0) != 0) {
                // Fails without CAP_SETPCAP and behind the last capability of this kernel; the steps below
                // suffice then.
                break;
            }
        }
        // execve gives root everything in the bounding set; with this flag, no more than before.
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
        // For users other than root, execve keeps only the ambient capabilities.
        for (int i = 0; i < Long.SIZE; i++) {
            if ((allowed >>> i & 1) != 0) {
                Libc.PRCTL.call(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, i, 0, 0);
            }
        }
    }
}
