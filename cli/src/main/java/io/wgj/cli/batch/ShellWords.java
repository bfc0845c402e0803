// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.batch;

import java.util.ArrayList;
import java.util.List;

/// Splits one line into words as a POSIX shell does: blanks, single and double quotes, backslashes, and comments
/// that begin with `#`. Nothing is expanded: what only a shell can do is refused rather than taken literally.
final class ShellWords {
    /// What a shell gives a meaning outside of quotes.
    private static final String SHELL_ONLY = "$`|&;<>()*?~";
    /// What a backslash makes literal inside double quotes.
    private static final String ESCAPED_IN_QUOTES = "$`\"\\";

    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int next;

    private ShellWords(String line) {
        this.line = line;
    }

    /// The words of `line`; none for a blank line or a comment.
    static List<String> split(String line) throws SyntaxException {
        ShellWords splitter = new ShellWords(line);
        splitter.split();
        return splitter.words;
    }

    private void split() throws SyntaxException {
        while (next < line.length()) {
            char c = line.charAt(next);
            if (c == ' ' || c == '\t') {
                endWord();
                next++;
            } else if (c == '#' && !inWord) {
                return;
            } else {
                inWord = true;
                character(c);
            }
        }
        endWord();
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }

    private void character(char c) throws SyntaxException {
        switch (c) {
            case '\'' -> singleQuotes();
            case '"' -> doubleQuotes();
            case '\\' -> backslash();
            default -> {
                // ~ has its meaning only where a word begins.
                if (SHELL_ONLY.indexOf(c) >= 0 && (c != '~' || word.isEmpty())) {
                    throw refused(next, "`" + c + "' is for a shell, and this is none; quote it to take it literally");
                }
                word.append(plain(c));
                next++;
            }
        }
    }

    private void singleQuotes() throws SyntaxException {
        int end = line.indexOf('\'', next + 1);
        if (end < 0) {
            throw unclosed(next, '\'');
        }
        for (next++; next < end; next++) {
            word.append(plain(line.charAt(next)));
        }
        next++;
    }

    private void doubleQuotes() throws SyntaxException {
        int start = next++;
        while (next < line.length() && line.charAt(next) != '"') {
            char c = line.charAt(next);
            boolean escape = c == '\\' && next + 1 < line.length();
            if (escape && ESCAPED_IN_QUOTES.indexOf(line.charAt(next + 1)) >= 0) {
                word.append(line.charAt(next + 1));
                next += 2;
            } else if (c == '$' || c == '`') {
                throw refused(next, "`" + c + "' is for a shell, and this is none; write it in single quotes");
            } else {
                word.append(plain(c));
                next++;
            }
        }
        if (next == line.length()) {
            throw unclosed(start, '"');
        }
        next++;
    }

    private void backslash() throws SyntaxException {
        if (next + 1 == line.length()) {
            throw refused(next, "nothing follows the backslash; each command is one line");
        }
        word.append(plain(line.charAt(next + 1)));
        next += 2;
    }

    /// The character, unless no word of a program can have it.
    private char plain(char c) throws SyntaxException {
        if (c == 0) {
            throw refused(next, "a NUL byte, which no word can have");
        }
        return c;
    }

    private static SyntaxException unclosed(int at, char quote) {
        return refused(at, "the quote " + quote + " is not closed on this line");
    }

    private static SyntaxException refused(int at, String reason) {
        return new SyntaxException(at + 1, reason);
    }

    /// A line that cannot be split.
    static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1;
        private final int column;
        private final String reason;

        private SyntaxException(int column, String reason) {
            super(reason);
            this.column = column;
            this.reason = reason;
        }

        /// The byte, counted from 1.
        int column() {
            return column;
        }

        /// What is wrong there and what to do, without a full stop.
        String reason() {
            return reason;
        }
    }
}
