// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

/// Text in lines of a given width. A line ends between words, never inside one: a word that is too long for a line
/// has one for itself.
public final class Paragraphs {
    /// The width of a terminal that does not say how wide it is.
    private static final int USUAL_WIDTH = 80;
    /// Below that, lists have no room beside their names.
    private static final int LEAST_WIDTH = 40;

    private final StringBuilder out = new StringBuilder(1024);
    private final int width;

    /// @param columns the terminal's width; 0 when unknown
    public Paragraphs(int columns) {
        width = columns <= 0 ? USUAL_WIDTH : Math.max(columns, LEAST_WIDTH);
    }

    /// Adds an empty line.
    public void blank() {
        out.append('\n');
    }

    /// Adds a line as it is.
    public void line(String text) {
        out.append(text).append('\n');
    }

    /// Adds wrapped text.
    public void paragraph(String text) {
        indented(text, 0);
    }

    /// Adds wrapped text, `indent` columns from the left.
    public void indented(String text, int indent) {
        wrap(" ".repeat(indent), indent, text);
    }

    /// Adds wrapped text whose later lines are indented below `start`'s end.
    public void hanging(String start, String text) {
        wrap(start, start.length(), text);
    }

    /// Adds a name with its text beside it, or below it when the name is longer than `widest`.
    public void entry(String name, String text, int widest) {
        int indent = widest + 4;
        if (name.length() > widest) {
            line("  " + name);
            indented(text, indent);
        } else {
            wrap("  " + name + " ".repeat(indent - 2 - name.length()), indent, text);
        }
    }

    /// Everything so far.
    public String text() {
        return out.toString();
    }

    private void wrap(String start, int indent, String text) {
        out.append(start);
        int column = indent;
        int at = 0;
        boolean first = true;
        while (at < text.length()) {
            int end = text.indexOf(' ', at);
            end = end < 0 ? text.length() : end;
            if (end > at) {
                int length = end - at;
                if (!first && column + 1 + length > width) {
                    out.append('\n').append(" ".repeat(indent));
                    column = indent;
                } else if (!first) {
                    out.append(' ');
                    column++;
                }
                out.append(text, at, end);
                column += length;
                first = false;
            }
            at = end + 1;
        }
        out.append('\n');
    }
}
