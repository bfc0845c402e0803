// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.net;

import io.wgj.config.text.Ascii;
import java.util.Optional;

/// An interface name that `wg-quick` accepts: 1 to 15 ASCII letters, digits and `_=+.-`. The constructor
/// checks it, once.
public record InterfaceName(String text) {
    /// Throws `IllegalArgumentException` for any other text; use [#parse] for text from a user.
    public InterfaceName {
        if (!isValid(text)) {
            throw new IllegalArgumentException("not an interface name: " + text);
        }
    }

    /// The name, or empty when `text` is not one.
    public static Optional<InterfaceName> parse(String text) {
        return isValid(text) ? Optional.of(new InterfaceName(text)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        if (text.isEmpty() || text.length() > DeviceName.MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Ascii.isLetter(c) && !Ascii.isDigit(c) && "_=+.-".indexOf(c) < 0) {
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
