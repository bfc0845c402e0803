// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

/// Whether somebody is looking.
public final class Terminal {
    public static final int STDIN = 0;
    public static final int STDOUT = 1;
    public static final int STDERR = 2;

    private Terminal() {}

    /// Whether the descriptor is a terminal.
    public static boolean isTerminal(int descriptor) {
        return (int) Libc.ISATTY.raw(descriptor) == 1;
    }
}
