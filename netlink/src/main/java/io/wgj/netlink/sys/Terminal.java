// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import io.wgj.config.text.Latin1;

/// What this process's descriptors and group have to do with a terminal.
public final class Terminal {
    public static final int STDIN = 0;
    public static final int STDOUT = 1;
    public static final int STDERR = 2;

    /// proc(5), /proc/PID/stat: the fields behind the name, which may hold anything, count from 3.
    private static final int FIRST_FIELD = 3;
    private static final int PROCESS_GROUP = 5;
    private static final int TERMINAL_GROUP = 8;

    private Terminal() {}

    /// Whether this process has a terminal and is in the group that may read from it.
    public static boolean isInForeground() {
        try {
            String status = Latin1.of(NativeFile.readAll("/proc/self/stat"));
            String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ", -1);
            return fields[TERMINAL_GROUP - FIRST_FIELD].equals(fields[PROCESS_GROUP - FIRST_FIELD]);
        } catch (SystemException _) {
            // Without /proc: better a program that reads than one that is ended with all that it has started.
            return true;
        }
    }

    /// Whether the descriptor is a terminal.
    public static boolean isTerminal(int descriptor) {
        return (int) Libc.ISATTY.raw(descriptor) == 1;
    }
}
