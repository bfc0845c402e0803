// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.net;

/// The name of a device as the words of `wg` carry it: any bytes, each one a char (ISO-8859-1). Whether a
/// device has that name is for the kernel to say; [InterfaceName] is the checked kind.
public record DeviceName(String text) {
    /// `IFNAMSIZ` (linux/if.h) less the closing NUL: no kernel name is longer.
    public static final int MAX_LENGTH = 15;

    /// The first 15 bytes, which is what `wg` sends when it writes.
    public DeviceName truncated() {
        return text.length() <= MAX_LENGTH ? this : new DeviceName(text.substring(0, MAX_LENGTH));
    }

    @Override
    public String toString() {
        return text;
    }
}
