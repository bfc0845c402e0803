// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import io.wgj.config.text.Latin1;

/// The relation of this process to a terminal.
public final class Terminal {
    public static final int STDIN = 0;
    public static final int STDOUT = 1;
    public static final int STDERR = 2;

    /// proc(5), /proc/PID/stat: the fields behind the name, which may hold any bytes, count from 3.
    private static final int FIRST_FIELD = 3;
    private static final int PROCESS_GROUP = 5;
    private static final int TERMINAL_GROUP = 8;

    /// `struct winsize` (asm-generic/termios.h): four u16, rows first, then columns.
    private static final int TIOCGWINSZ = 0x5413;

    private static final int WINSIZE_SIZE = 8;
    private static final int WS_ROW = 0;
    private static final int WS_COL = 2;

    private Terminal() {}

    /// Whether this process has a terminal and is in the group that may read from it.
    public static boolean isInForeground() {
        try {
            String status = Latin1.of(NativeFile.readAll("/proc/self/stat"));
            String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ", -1);
            return fields[TERMINAL_GROUP - FIRST_FIELD].equals(fields[PROCESS_GROUP - FIRST_FIELD]);
        } catch (SystemException _) {
            // Without /proc: assume the foreground. A child that can read from the terminal matters more than
            // ending everything it started.
            return true;
        }
    }

    /// The columns of the terminal at `descriptor`; 0 when it has no size or is no terminal.
    public static int columns(int descriptor) {
        return size(descriptor) & 0xffff;
    }

    /// The lines of the terminal at `descriptor`; 0 when it has no size or is no terminal.
    public static int rows(int descriptor) {
        return size(descriptor) >>> 16;
    }

    /// Rows in the upper half, columns in the lower.
    private static int size(int descriptor) {
        try (NativeMemory size = NativeMemory.allocate(WINSIZE_SIZE)) {
            Libc.IOCTL.call(descriptor, TIOCGWINSZ, size.address());
            return Short.toUnsignedInt(size.bytes().getShort(WS_ROW)) << 16
                    | Short.toUnsignedInt(size.bytes().getShort(WS_COL));
        } catch (SystemException _) {
            return 0;
        }
    }

    /// Whether the descriptor is a terminal.
    public static boolean isTerminal(int descriptor) {
        return (int) Libc.ISATTY.raw(descriptor) == 1;
    }
}
