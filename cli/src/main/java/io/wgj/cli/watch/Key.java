// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.watch;

import io.wgj.config.text.Latin1;
import java.util.ArrayList;
import java.util.List;

/// A key that was pressed.
///
/// @param character the code point of a [Kind#CHARACTER], else 0
record Key(Kind kind, int character) {
    private static final char ESC = '\u001b';

    enum Kind {
        CHARACTER,
        ENTER,
        BACKSPACE,
        ESCAPE,
        UP,
        DOWN,
        PAGE_UP,
        PAGE_DOWN,
        HOME,
        END,
        OTHER
    }

    private static Key of(Kind kind) {
        return new Key(kind, 0);
    }

    static Key character(int character) {
        return new Key(Kind.CHARACTER, character);
    }

    boolean is(char other) {
        return kind == Kind.CHARACTER && character == other;
    }

    /// The keys of what a terminal sent at once: characters in UTF-8, and the sequences of xterm and the Linux
    /// console. An escape alone is the key Esc.
    ///
    /// @param bytes one a char
    static List<Key> parse(String bytes) {
        List<Key> keys = new ArrayList<>();
        int at = 0;
        while (at < bytes.length()) {
            char c = bytes.charAt(at);
            if (c == ESC && at + 1 < bytes.length() && (bytes.charAt(at + 1) == '[' || bytes.charAt(at + 1) == 'O')) {
                int end = at + 2;
                while (end < bytes.length() && !isFinal(bytes.charAt(end))) {
                    end++;
                }
                keys.add(of(sequence(bytes.substring(at + 2, Math.min(end + 1, bytes.length())))));
                at = end + 1;
            } else if (c < ' ' || c == 0x7f) {
                keys.add(of(control(c)));
                at++;
            } else {
                int end = at + 1;
                while (c >= 0xc0 && end < bytes.length() && (bytes.charAt(end) & 0xc0) == 0x80) {
                    end++;
                }
                int codePoint = Latin1.toUnicode(bytes.substring(at, end)).codePointAt(0);
                boolean shown = !Character.isISOControl(codePoint) && codePoint != 0xfffd;
                keys.add(shown ? character(codePoint) : of(Kind.OTHER));
                at = end;
            }
        }
        return keys;
    }

    /// ECMA-48, 5.4: the byte that ends a control sequence.
    private static boolean isFinal(char c) {
        return c >= 0x40 && c <= 0x7e;
    }

    private static Kind control(char c) {
        return switch (c) {
            case '\r', '\n' -> Kind.ENTER;
            case 0x7f, '\b' -> Kind.BACKSPACE;
            case ESC -> Kind.ESCAPE;
            default -> Kind.OTHER;
        };
    }

    private static Kind sequence(String rest) {
        return switch (rest) {
            case "A" -> Kind.UP;
            case "B" -> Kind.DOWN;
            case "H", "1~", "7~" -> Kind.HOME;
            case "F", "4~", "8~" -> Kind.END;
            case "5~" -> Kind.PAGE_UP;
            case "6~" -> Kind.PAGE_DOWN;
            default -> Kind.OTHER;
        };
    }
}
