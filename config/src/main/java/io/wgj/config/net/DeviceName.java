// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.net;

/// A device's name as `wg`'s arguments carry it: any bytes, one a char (see [io.wgj.config.text.Latin1]). The
/// kernel decides whether a device has that name; [InterfaceName] is the checked kind.
public record DeviceName(String text) {
    /// `IFNAMSIZ` (linux/if.h) less the closing NUL: the longest name in the kernel.
    public static final int MAX_LENGTH = 15;

    /// The first 15 bytes, which `wg` sends when it writes.
    public DeviceName truncated() {
        return text.length() <= MAX_LENGTH ? this : new DeviceName(text.substring(0, MAX_LENGTH));
    }

    /// Whether a link can have this name (`dev_valid_name`, net/core/dev.c): 1 to 15 bytes, no white space, `/` or
    /// `:`, neither `.` nor `..`.
    public boolean isPossible() {
        if (text.isEmpty() || text.length() > MAX_LENGTH || text.equals(".") || text.equals("..")) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // White space as the kernel's isspace() knows it, in Latin-1.
            if (c == '/' || c == ':' || c == ' ' || c >= '\t' && c <= '\r' || c == 0xa0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text;
    }
}
