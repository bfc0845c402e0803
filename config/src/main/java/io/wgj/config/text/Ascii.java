// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.text;

/// Characters as the C locale classifies them: only ASCII has case, digits and blanks.
public final class Ascii {
    private Ascii() {}

    /// `isspace`: space, TAB, LF, VT, FF, CR.
    public static boolean isSpace(char character) {
        return character == ' ' || character >= '\t' && character <= '\r';
    }

    /// `isdigit`.
    public static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    /// The value of a decimal or hexadecimal digit of either case; negative for anything else.
    public static int digit(char character) {
        char lower = lower(character);
        return isDigit(lower) ? lower - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /// `isalpha`.
    public static boolean isLetter(char character) {
        char lower = lower(character);
        return lower >= 'a' && lower <= 'z';
    }

    /// `tolower`.
    public static char lower(char character) {
        return character >= 'A' && character <= 'Z' ? (char) (character + ('a' - 'A')) : character;
    }

    /// `text` with the letters A to Z in lower case.
    public static String lower(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            out.append(lower(text.charAt(i)));
        }
        return out.toString();
    }

    /// Whether the two differ in nothing but the case of letters (`strcasecmp`).
    public static boolean equalsIgnoreCase(String left, String right) {
        return left.length() == right.length() && startsWithIgnoreCase(left, right);
    }

    /// Whether `text` starts with `start`, the case of letters apart (`strncasecmp`).
    public static boolean startsWithIgnoreCase(String text, String start) {
        if (text.length() < start.length()) {
            return false;
        }
        for (int i = 0; i < start.length(); i++) {
            if (lower(text.charAt(i)) != lower(start.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// `text` without the blanks at its ends.
    public static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /// `text` without its blanks.
    public static String withoutSpace(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!isSpace(text.charAt(i))) {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }
}
