// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.graph;

import io.wgj.cli.graph.GraphSource.Fact;
import io.wgj.cli.graph.Layout.Box;
import io.wgj.cli.graph.Layout.Curve;
import io.wgj.cli.graph.Layout.Label;
import io.wgj.cli.graph.Layout.Path;
import io.wgj.cli.graph.Network.Tunnel;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.text.DisplayWidth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Draws ends of a mesh on an ellipse. With few tunnels each has its prefixes at its ends; with many, the cards
/// list them.
final class CircleLayout {
    /// With more ends than these, lines hide each other.
    static final int MOST_ENDS = 12;

    private static final int MOST_LABELLED = 6;

    /// Pixels between two cards.
    private static final int ROOM = 24;

    private static final double LARGER = 1.06;

    private CircleLayout() {}

    /// @param ends which to draw
    static Layout of(Network network, List<Integer> ends) {
        List<Tunnel> tunnels = network.tunnels().stream()
                .filter(tunnel -> ends.contains(tunnel.from()))
                .toList();
        boolean labelled = tunnels.size() <= MOST_LABELLED;
        List<Card> cards = new ArrayList<>();
        int widest = 0;
        int highest = 0;
        for (int end : ends) {
            Card card = Card.of(end, network.ends().get(end), labelled ? List.of() : ways(network, end));
            cards.add(card);
            widest = Math.max(widest, card.width());
            highest = Math.max(highest, card.height());
        }
        List<Box> boxes = boxes(cards, widest, highest, labelled);
        List<Curve> curves = new ArrayList<>();
        for (Tunnel tunnel : tunnels) {
            curves.add(curve(
                    tunnel, boxes.get(ends.indexOf(tunnel.from())), boxes.get(ends.indexOf(tunnel.to())), labelled));
        }
        int width = boxes.stream().mapToInt(Box::right).max().orElse(0);
        int lowest = boxes.stream().mapToInt(Box::bottom).max().orElse(0);
        int top = boxes.stream().mapToInt(Box::y).min().orElse(0);
        return new Layout(boxes, curves, width, lowest - top).moved(0, -top);
    }

    /// The cards on the smallest ellipse on which they leave each other room, for labels too.
    private static List<Box> boxes(List<Card> cards, int widest, int highest, boolean labelled) {
        double radiusX = widest * 0.9 + (labelled ? 130 : 60);
        double radiusY = highest * 0.9 + 70;
        while (true) {
            List<Box> boxes = new ArrayList<>();
            for (int i = 0; i < cards.size(); i++) {
                double angle = 2 * Math.PI * i / cards.size() - Math.PI / 2;
                Card card = cards.get(i);
                int x = (int) (radiusX * (1 + Math.cos(angle))) + widest / 2 - card.width() / 2;
                int y = (int) (radiusY * (1 + Math.sin(angle))) + highest / 2 - card.height() / 2;
                boxes.add(new Box(card, x, y));
            }
            if (areApart(boxes)) {
                return boxes;
            }
            radiusX *= LARGER;
            radiusY *= LARGER;
        }
    }

    private static boolean areApart(List<Box> boxes) {
        for (Box one : boxes) {
            for (Box other : boxes) {
                boolean beside = one.right() + ROOM < other.x() || other.right() + ROOM < one.x();
                boolean below = one.bottom() + ROOM < other.y() || other.bottom() + ROOM < one.y();
                if (one != other && !beside && !below) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Curve curve(Tunnel tunnel, Box from, Box to, boolean labelled) {
        Path path = Path.straight(from.middleX(), from.middleY(), to.middleX(), to.middleY());
        List<Label> labels = new ArrayList<>();
        if (labelled) {
            label(tunnel.forth(), from, to).ifPresent(labels::add);
            label(tunnel.back(), to, from).ifPresent(labels::add);
        }
        return new Curve(path, !labelled, labels);
    }

    /// The label of what `from` sends, outside of its card.
    private static Optional<Label> label(Optional<List<IpPrefix>> sent, Box from, Box to) {
        if (sent.isEmpty()) {
            return Optional.empty();
        }
        double dx = to.middleX() - from.middleX();
        double dy = to.middleY() - from.middleY();
        double edge = Math.min(
                dx == 0 ? 1 : from.card().width() / 2.0 / Math.abs(dx),
                dy == 0 ? 1 : from.card().height() / 2.0 / Math.abs(dy));
        String text = Prefixes.few(sent.get(), 2);
        double length = Math.max(1, Math.hypot(dx, dy));
        double half = Card.pixels(DisplayWidth.of(text) + 3, Card.MONO) / 2.0 * Math.abs(dx) / length;
        double at = edge + Math.max(24, half + 10) / length;
        String arrow = Math.abs(dx) < Math.abs(dy) / 3 ? dy > 0 ? "↓" : "↑" : dx > 0 ? "→" : "←";
        String shown = arrow.equals("←") ? arrow + " " + text : text + " " + arrow;
        int shift = Math.abs(dy) < 20 ? -14 : 0;
        return Optional.of(
                new Label(shown, from.middleX() + (int) (dx * at), from.middleY() + (int) (dy * at) + 4 + shift, true));
    }

    /// A line for each tunnel: what goes into it, and to whom.
    private static List<Fact> ways(Network network, int end) {
        List<Fact> lines = new ArrayList<>();
        for (Tunnel tunnel : network.tunnelsOf(end)) {
            tunnel.sentBy(end)
                    .ifPresent(sent -> lines.add(
                            new Fact("→ " + Card.title(network.ends().get(tunnel.other(end))), Prefixes.few(sent, 2))));
        }
        return lines;
    }
}
