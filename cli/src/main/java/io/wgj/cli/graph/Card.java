// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.graph;

import io.wgj.cli.graph.GraphSource.Fact;
import io.wgj.cli.graph.Network.End;
import io.wgj.config.text.DisplayWidth;
import java.util.ArrayList;
import java.util.List;

/// An end as a box of text, in pixels. No font is measured: widths are those of common fonts, rounded up.
///
/// @param place of the end in its network
/// @param wordWidth the width of the column of words
record Card(int place, End end, List<Line> lines, int wordWidth, int width, int height) {
    static final int PADDING = 12;
    static final int TITLE_HEIGHT = 20;
    static final int LINE_HEIGHT = 17;

    /// A column of the monospaced font of 11.5 pixels, in tenths of a pixel.
    static final int MONO = 71;

    private static final int SANS = 62;
    private static final int BOLD = 86;
    private static final int SMALLEST = 130;
    private static final int MOST_COLUMNS = 50;
    private static final int MOST_FACTS = 14;

    Card {
        lines = List.copyOf(lines);
    }

    /// A line below the title: a word in grey, if any, and a value.
    record Line(String word, String value) {}

    /// @param more lines after those of the end
    static Card of(int place, End end, List<Fact> more) {
        List<Line> lines = new ArrayList<>();
        int words = 0;
        List<Fact> facts = new ArrayList<>(end.facts());
        facts.addAll(more);
        int hidden = facts.size() > MOST_FACTS ? facts.size() - MOST_FACTS + 1 : 0;
        for (Fact fact : facts.subList(0, facts.size() - hidden)) {
            words = Math.max(words, pixels(DisplayWidth.of(fact.word()), SANS) + 8);
            lines.add(new Line(fact.word(), DisplayWidth.cut(fact.value(), MOST_COLUMNS)));
        }
        if (hidden > 0) {
            lines.add(new Line("", "and " + hidden + " more lines"));
        }
        if (end.key().isPresent() && !end.label().equals(end.shortKey())) {
            words = Math.max(words, pixels("key".length(), SANS) + 8);
            lines.addFirst(new Line("key", end.shortKey()));
        }
        int width = Math.max(SMALLEST, pixels(DisplayWidth.of(title(end)), BOLD));
        for (Line line : lines) {
            width = Math.max(width, words + pixels(DisplayWidth.of(line.value()), MONO));
        }
        int height = 2 * PADDING + TITLE_HEIGHT - 4 + lines.size() * LINE_HEIGHT;
        return new Card(place, end, lines, words, width + 2 * PADDING, height);
    }

    /// Its first line.
    static String title(End end) {
        return DisplayWidth.cut(end.label(), MOST_COLUMNS - 14);
    }

    /// The width of so many columns.
    ///
    /// @param tenths of a pixel for each
    static int pixels(int columns, int tenths) {
        return (columns * tenths + 9) / 10;
    }
}
