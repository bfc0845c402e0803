// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

/// The users of this process.
public final class Credentials {
    private Credentials() {}

    /// The real user: the one who started the process; 0 is root.
    public static int userId() {
        return (int) Libc.GETUID.raw();
    }

    /// The effective user: the one whose rights the process has.
    public static int effectiveUserId() {
        return (int) Libc.GETEUID.raw();
    }
}
