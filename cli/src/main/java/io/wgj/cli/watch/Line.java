// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.watch;

import io.wgj.config.text.DisplayWidth;

/// One line of a frame, never wider than its room.
final class Line {
    static final String PLAIN = "";
    static final String BOLD = "\u001b[1m";
    static final String DIM = "\u001b[2m";
    static final String REVERSE = "\u001b[7m";
    static final String RED = "\u001b[31m";
    static final String GREEN = "\u001b[32m";
    static final String YELLOW = "\u001b[33m";
    static final String CYAN = "\u001b[36m";
    private static final String RESET = "\u001b[0m";

    private final StringBuilder out = new StringBuilder();
    private final int room;
    private final boolean colour;
    private int used;
    /// Blanks that are written only before more text.
    private int blanks;

    /// @param room in columns
    /// @param colour whether styles are used
    Line(int room, boolean colour) {
        this.room = room;
        this.colour = colour;
    }

    /// Adds as much of `text` as fits.
    ///
    /// @param style an escape sequence, or [#PLAIN]
    Line add(String style, String text) {
        String cut = DisplayWidth.cut(text, room - used);
        if (cut.isEmpty()) {
            return this;
        }
        out.repeat(' ', blanks);
        blanks = 0;
        boolean styled = colour && !style.isEmpty();
        out.append(styled ? style : "").append(cut).append(styled ? RESET : "");
        used += DisplayWidth.of(cut);
        return this;
    }

    /// Adds `text` cut or filled to `width` columns, and two blanks.
    Line cell(String style, String text, int width, boolean right) {
        String cut = DisplayWidth.cut(text, Math.min(width, Math.max(0, room - used)));
        int fill = width - DisplayWidth.of(cut);
        skip(right ? fill : 0);
        add(style, cut);
        return skip((right ? 0 : fill) + 2);
    }

    /// Leaves columns empty.
    Line skip(int columns) {
        blanks += Math.clamp(columns, 0, room - used);
        used += Math.clamp(columns, 0, room - used);
        return this;
    }

    /// Columns that are left.
    int left() {
        return room - used;
    }

    /// The text with its escape sequences; blanks at its end are left out.
    String text() {
        return out.toString().stripTrailing();
    }
}
