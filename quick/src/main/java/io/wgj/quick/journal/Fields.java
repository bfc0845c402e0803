// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.journal;

import java.util.ArrayList;
import java.util.List;

/// The fields of a journal's line, separated by tabs. A character that would end a line or a field is written
/// as `%` and two hex digits.
final class Fields {
    private final List<String> fields;
    private int next;

    private Fields(List<String> fields) {
        this.fields = fields;
    }

    static String join(List<String> fields) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                line.append('\t');
            }
            escape(fields.get(i), line);
        }
        return line.toString();
    }

    private static void escape(String field, StringBuilder line) {
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c < ' ' || c == '%' || c == 0x7f) {
                line.append('%').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                line.append(c);
            }
        }
    }

    static Fields split(String line) throws JournalException {
        List<String> fields = new ArrayList<>();
        int start = 0;
        while (true) {
            int tab = line.indexOf('\t', start);
            fields.add(unescape(line.substring(start, tab < 0 ? line.length() : tab)));
            if (tab < 0) {
                return new Fields(fields);
            }
            start = tab + 1;
        }
    }

    private static String unescape(String field) throws JournalException {
        if (field.indexOf('%') < 0) {
            return field;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '%') {
                int high = i + 2 < field.length() ? Character.digit(field.charAt(i + 1), 16) : -1;
                int low = i + 2 < field.length() ? Character.digit(field.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw new JournalException("a broken escape");
                }
                text.append((char) (high << 4 | low));
                i += 2;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    boolean hasNext() {
        return next < fields.size();
    }

    String text() throws JournalException {
        if (!hasNext()) {
            throw new JournalException("a field is missing");
        }
        return fields.get(next++);
    }

    /// 32 bits, signed or unsigned.
    int number() throws JournalException {
        String text = text();
        try {
            return (int) Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw new JournalException("`" + text + "' is no number");
        }
    }

    /// A count, and as many texts after it.
    List<String> texts() throws JournalException {
        int count = number();
        if (count < 0 || count > fields.size() - next) {
            throw new JournalException("a field is missing");
        }
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(text());
        }
        return texts;
    }

    void end() throws JournalException {
        if (hasNext()) {
            throw new JournalException("a field too many");
        }
    }
}
