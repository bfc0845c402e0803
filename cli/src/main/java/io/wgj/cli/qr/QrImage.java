// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.qr;

import io.nayuki.qrcodegen.QrCode;
import io.wgj.config.text.Latin1;

/// Draws a QR code with the margin that the standard asks for, dark on light whatever surrounds it.
final class QrImage {
    /// The light modules on each side (ISO/IEC 18004).
    static final int MARGIN = 4;

    /// White on black of the 256-colour palette: a theme changes the first 16 colours, and never these.
    private static final String COLOURS = "\u001b[38;5;231;48;5;16m";

    private static final String RESET = "\u001b[0m";
    private static final int PIXELS = 8;

    private final QrCode code;

    QrImage(QrCode code) {
        this.code = code;
    }

    /// How many modules wide and high it is, with its margins; as many columns on a terminal.
    int size() {
        return code.size + 2 * MARGIN;
    }

    private boolean isDark(int x, int y) {
        return code.getModule(x - MARGIN, y - MARGIN);
    }

    /// For a terminal: two rows of modules in each line, as half blocks. A light module has the text's colour, so
    /// that the code is right even where colours are lost on a dark background.
    String terminal() {
        StringBuilder out = new StringBuilder();
        for (int y = 0; y < size(); y += 2) {
            out.append(COLOURS);
            for (int x = 0; x < size(); x++) {
                boolean top = isDark(x, y);
                // Below the last row nothing is drawn.
                boolean bottom = y + 1 >= size() || isDark(x, y + 1);
                out.append(top ? bottom ? " " : "\u2584" : bottom ? "\u2580" : "\u2588");
            }
            out.append(RESET).append('\n');
        }
        return Latin1.ofUnicode(out.toString());
    }

    /// An SVG picture of its own, in modules as units.
    String svg() {
        int size = size();
        StringBuilder out = new StringBuilder();
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
                .append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(size)
                .append(' ')
                .append(size)
                .append("\" width=\"")
                .append(size * PIXELS)
                .append("\" height=\"")
                .append(size * PIXELS)
                .append("\" shape-rendering=\"crispEdges\">\n")
                .append("<title>WireGuard configuration</title>\n")
                .append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n")
                .append("<path fill=\"#000\" d=\"");
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                int end = x;
                while (end < size && isDark(end, y)) {
                    end++;
                }
                if (end > x) {
                    out.append('M').append(x).append(' ').append(y).append('h').append(end - x);
                    out.append("v1h-").append(end - x).append('z');
                    x = end;
                }
            }
        }
        return out.append("\"/>\n</svg>\n").toString();
    }

    /// A PNG picture, a byte a char.
    String png() {
        int side = size() * PIXELS;
        int stride = (side + 7) / 8;
        byte[] rows = new byte[side * stride];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                if (!isDark(x / PIXELS, y / PIXELS)) {
                    rows[y * stride + x / 8] |= (byte) (0x80 >> x % 8);
                }
            }
        }
        return Latin1.of(PngFile.of(side, side, rows));
    }
}
