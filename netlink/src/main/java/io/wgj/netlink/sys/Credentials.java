// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

/// Who runs this process.
public final class Credentials {
    private Credentials() {}

    /// The user who started it; 0 is root.
    public static int userId() {
        return (int) Libc.GETUID.raw();
    }

    /// The user whose rights it has.
    public static int effectiveUserId() {
        return (int) Libc.GETEUID.raw();
    }
}
