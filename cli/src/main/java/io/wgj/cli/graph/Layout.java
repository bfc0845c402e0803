// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.graph;

import java.util.List;

/// Where everything of a drawing stands, in pixels from its upper left corner.
record Layout(List<Box> boxes, List<Curve> curves, int width, int height) {
    Layout {
        boxes = List.copyOf(boxes);
        curves = List.copyOf(curves);
    }

    /// A card and its upper left corner.
    record Box(Card card, int x, int y) {
        int right() {
            return x + card.width();
        }

        int bottom() {
            return y + card.height();
        }

        int middleX() {
            return x + card.width() / 2;
        }

        int middleY() {
            return y + card.height() / 2;
        }

        Box moved(int dx, int dy) {
            return new Box(card, x + dx, y + dy);
        }
    }

    /// A tunnel.
    ///
    /// @param extra whether it is drawn less prominently, as one of many
    record Curve(Path path, boolean extra, List<Label> labels) {
        Curve {
            labels = List.copyOf(labels);
        }

        Curve moved(int dx, int dy) {
            return new Curve(
                    path.moved(dx, dy),
                    extra,
                    labels.stream().map(label -> label.moved(dx, dy)).toList());
        }
    }

    /// A curve with one bend at each end, and a straight piece after it.
    ///
    /// @param fromBend how far on the right its first control point is; negative for the left
    /// @param toBend the same for the second one
    /// @param end where the straight piece ends
    record Path(int fromX, int fromY, int fromBend, int toX, int toY, int toBend, int end) {
        /// A straight line.
        static Path straight(int fromX, int fromY, int toX, int toY) {
            return new Path(fromX, fromY, 0, toX, toY, 0, toX);
        }

        boolean isStraight() {
            return fromBend == 0 && toBend == 0;
        }

        Path moved(int dx, int dy) {
            return new Path(fromX + dx, fromY + dy, fromBend, toX + dx, toY + dy, toBend, end + dx);
        }

        String data() {
            if (isStraight()) {
                return "M" + fromX + " " + fromY + "L" + toX + " " + toY;
            }
            return "M" + fromX + " " + fromY + "C" + (fromX + fromBend) + " " + fromY + " " + (toX + toBend) + " " + toY
                    + " " + toX + " " + toY + (end == toX ? "" : "H" + end);
        }
    }

    /// Text at a tunnel.
    ///
    /// @param x its middle
    /// @param y its baseline
    /// @param boxed whether lines below it are hidden
    record Label(String text, int x, int y, boolean boxed) {
        Label moved(int dx, int dy) {
            return new Label(text, x + dx, y + dy, boxed);
        }
    }

    /// The same at another place.
    Layout moved(int dx, int dy) {
        return new Layout(
                boxes.stream().map(box -> box.moved(dx, dy)).toList(),
                curves.stream().map(curve -> curve.moved(dx, dy)).toList(),
                width,
                height);
    }
}
