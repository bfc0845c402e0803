// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.DeviceException;

/// Numbers as `wg` takes them from a device: decimal digits and nothing else, leading zeros allowed.
final class Numbers {
    /// A limit for [#parse]: all 64 bits. Larger numbers count as this one, as in C's `strtoull`.
    static final long UNSIGNED_64 = -1;

    private Numbers() {}

    /// The number that `text` writes, 0 to `limit`, both unsigned.
    ///
    /// @throws DeviceException (`EPROTO`), naming `key`, for anything else
    static long parse(String key, String text, long limit) throws DeviceException {
        if (text.isEmpty()) {
            throw UapiErrors.malformed(key + " is not a number");
        }
        long number = 0;
        boolean overflow = false;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw UapiErrors.malformed(key + " is not a number");
            }
            // The largest unsigned number is ...1615: ten times this plus a digit above 5 does not fit.
            overflow |= Long.compareUnsigned(number, 0x1999_9999_9999_9999L) > 0
                    || number == 0x1999_9999_9999_9999L && digit > 5;
            number = number * 10 + digit;
        }
        if (overflow) {
            number = UNSIGNED_64;
        }
        if (Long.compareUnsigned(number, limit) > 0) {
            throw UapiErrors.malformed(key + " is too large");
        }
        return number;
    }
}
