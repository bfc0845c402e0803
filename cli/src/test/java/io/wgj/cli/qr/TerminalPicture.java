// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.qr;

import java.util.ArrayList;
import java.util.List;

/// Paints what a terminal shows, as a PNG: half blocks in the foreground's colour on the background's.
final class TerminalPicture {
    private static final int PIXELS = 6;
    private static final char UPPER = '\u2580';
    private static final char LOWER = '\u2584';
    private static final char FULL = '\u2588';

    private TerminalPicture() {}

    /// @param text with escape sequences for colours
    /// @param dark whether the terminal's own background is dark and its foreground light
    static byte[] of(String text, boolean dark) {
        List<List<Boolean>> rows = new ArrayList<>();
        boolean foreground = dark;
        boolean background = !dark;
        for (String line : text.split("\n", -1)) {
            List<Boolean> upper = new ArrayList<>();
            List<Boolean> lower = new ArrayList<>();
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                if (c == '\u001b') {
                    int end = line.indexOf('m', i);
                    String codes = ";" + line.substring(i + 2, end) + ";";
                    if (codes.equals(";0;") || codes.equals(";;") || codes.contains(";39;49;")) {
                        foreground = dark;
                        background = !dark;
                    }
                    foreground = codes.contains(";38;5;") ? codes.contains(";38;5;231;") : foreground;
                    background = codes.contains(";48;5;") ? codes.contains(";48;5;231;") : background;
                    i = end;
                } else {
                    upper.add(c == UPPER || c == FULL ? foreground : background);
                    lower.add(c == LOWER || c == FULL ? foreground : background);
                }
            }
            rows.add(upper);
            rows.add(lower);
        }
        return png(rows, !dark);
    }

    /// @param empty the colour of what has none
    private static byte[] png(List<List<Boolean>> rows, boolean empty) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int stride = (columns * PIXELS + 7) / 8;
        byte[] bits = new byte[rows.size() * PIXELS * stride];
        for (int y = 0; y < rows.size() * PIXELS; y++) {
            List<Boolean> row = rows.get(y / PIXELS);
            for (int x = 0; x < columns * PIXELS; x++) {
                boolean white = x / PIXELS < row.size() ? row.get(x / PIXELS) : empty;
                bits[y * stride + x / 8] |= (byte) (white ? 0x80 >> x % 8 : 0);
            }
        }
        return PngFile.of(columns * PIXELS, rows.size() * PIXELS, bits);
    }
}
