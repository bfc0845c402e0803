// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.graph;

import io.wgj.cli.graph.Layout.Box;
import io.wgj.cli.graph.Layout.Curve;
import io.wgj.cli.graph.Layout.Label;
import io.wgj.cli.graph.Layout.Path;
import io.wgj.cli.graph.Network.Tunnel;
import io.wgj.config.text.DisplayWidth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Draws connected ends as a tree: the end with the most tunnels on the left, its peers in a column on its
/// right, their other peers in the next. With many peers the first end stands in the middle, and half of them
/// on each side. Tunnels that close a circle are drawn as dashed curves.
final class TreeLayout {
    private static final int MOST_IN_ONE_COLUMN = 8;
    private static final int GAP = 14;
    private static final int BEND = 56;
    private static final int BEND_FOR_EACH = 3;
    private static final int LONGEST_BEND = 160;
    private static final int SHORTEST_LINE = 60;
    private static final int LABEL_COLUMNS = 52;

    private final Network network;
    private final Map<Integer, Card> cards = new HashMap<>();
    private final Map<Integer, List<Integer>> children = new HashMap<>();
    /// The column of each end: 0 for the first, negative on its left.
    private final Map<Integer, Integer> columns = new HashMap<>();
    private final Map<Integer, Box> boxes = new HashMap<>();
    /// The straight piece of the lines to each column: all are bent at one place, beside the longest text.
    private final Map<Integer, Integer> lines = new HashMap<>();
    private final Set<Tunnel> branches = new HashSet<>();
    private final int root;

    private TreeLayout(Network network, int root) {
        this.network = network;
        this.root = root;
    }

    /// @param root the end to start from
    static Layout of(Network network, int root) {
        TreeLayout layout = new TreeLayout(network, root);
        layout.grow();
        return layout.place();
    }

    private void grow() {
        Deque<Integer> open = new ArrayDeque<>(List.of(root));
        columns.put(root, 0);
        cards.put(root, Card.of(root, network.ends().get(root), List.of()));
        while (!open.isEmpty()) {
            int end = open.remove();
            List<Integer> found = new ArrayList<>();
            children.put(end, found);
            for (Tunnel tunnel : network.tunnelsOf(end)) {
                int other = tunnel.other(end);
                if (!cards.containsKey(other)) {
                    cards.put(other, Card.of(other, network.ends().get(other), List.of()));
                    branches.add(tunnel);
                    found.add(other);
                    open.add(other);
                }
            }
            int right = end == root && found.size() > MOST_IN_ONE_COLUMN ? (found.size() + 1) / 2 : found.size();
            for (int i = 0; i < found.size(); i++) {
                int column = column(end);
                columns.put(found.get(i), column < 0 || column == 0 && i >= right ? column - 1 : column + 1);
            }
        }
    }

    private Layout place() {
        Map<Integer, Integer> starts = starts();
        int rightHeight = height(root, 1);
        int leftHeight = height(root, -1);
        int height = Math.max(card(root).height(), Math.max(rightHeight, leftHeight));
        placeChildren(root, 1, (height - rightHeight) / 2, starts);
        placeChildren(root, -1, (height - leftHeight) / 2, starts);
        boxes.put(
                root, new Box(card(root), start(0, starts), (height - card(root).height()) / 2));
        List<Curve> curves = new ArrayList<>();
        for (Map.Entry<Integer, List<Integer>> entry : children.entrySet()) {
            addCurves(entry.getKey(), entry.getValue(), 1, curves);
            addCurves(entry.getKey(), entry.getValue(), -1, curves);
        }
        for (Tunnel tunnel : network.tunnels()) {
            if (cards.containsKey(tunnel.from()) && !branches.contains(tunnel)) {
                curves.add(extra(box(tunnel.from()), box(tunnel.to())));
            }
        }
        int width = 0;
        for (Box box : boxes.values()) {
            width = Math.max(width, box.right());
        }
        return new Layout(List.copyOf(boxes.values()), curves, width, height);
    }

    /// The left edge of each column.
    private Map<Integer, Integer> starts() {
        Map<Integer, Integer> widths = new HashMap<>();
        Map<Integer, Integer> counts = new HashMap<>();
        columns.forEach((end, column) -> {
            widths.merge(column, card(end).width(), Math::max);
            counts.merge(column, 1, Integer::sum);
        });
        children.forEach(
                (end, found) -> found.forEach(child -> lines.merge(column(child), lineWidth(end, child), Math::max)));
        Map<Integer, Integer> starts = new HashMap<>();
        int x = 0;
        int first = columns.values().stream().mapToInt(Integer::intValue).min().orElse(0);
        for (int column = first; widths.containsKey(column); column++) {
            starts.put(column, x);
            // The lines between this column and the next belong to the one that is farther from the first end.
            int owner = column < 0 ? column : column + 1;
            int bend = Math.min(LONGEST_BEND, BEND + BEND_FOR_EACH * counts.getOrDefault(owner, 0));
            x += widths.get(column) + bend + lines.getOrDefault(owner, 0);
        }
        return starts;
    }

    private static int start(int column, Map<Integer, Integer> starts) {
        return Objects.requireNonNull(starts.get(column));
    }

    private Card card(int end) {
        return Objects.requireNonNull(cards.get(end));
    }

    private int column(int end) {
        return Objects.requireNonNull(columns.get(end));
    }

    private Box box(int end) {
        return Objects.requireNonNull(boxes.get(end));
    }

    private int height(int end, int side) {
        int sum = 0;
        for (int child : children.getOrDefault(end, List.of())) {
            if (side(child) == side) {
                sum += (sum == 0 ? 0 : GAP) + blockHeight(child);
            }
        }
        return sum;
    }

    private int blockHeight(int end) {
        return Math.max(card(end).height(), height(end, side(end)));
    }

    private int side(int end) {
        return Integer.signum(column(end));
    }

    private void placeChildren(int end, int side, int top, Map<Integer, Integer> starts) {
        int y = top;
        for (int child : children.getOrDefault(end, List.of())) {
            if (side(child) == side) {
                int block = blockHeight(child);
                Card card = card(child);
                int start = start(column(child), starts);
                // On the left side cards end at the same column, on the right side they begin there.
                int x = side > 0 ? start : start + widest(column(child)) - card.width();
                boxes.put(child, new Box(card, x, y + (block - card.height()) / 2));
                placeChildren(child, side, y + (block - height(child, side)) / 2, starts);
                y += block + GAP;
            }
        }
    }

    private int widest(int column) {
        int widest = 0;
        for (Map.Entry<Integer, Integer> entry : columns.entrySet()) {
            if (entry.getValue() == column) {
                widest = Math.max(widest, card(entry.getKey()).width());
            }
        }
        return widest;
    }

    /// The curves from one end to its peers of one side. They leave the card at different heights.
    private void addCurves(int end, List<Integer> found, int side, List<Curve> curves) {
        List<Integer> these =
                found.stream().filter(child -> side(child) == side).toList();
        Box parent = box(end);
        for (int i = 0; i < these.size(); i++) {
            Box child = box(these.get(i));
            int fromY = parent.y() + parent.card().height() * (i + 1) / (these.size() + 1);
            int fromX = side > 0 ? parent.right() : parent.x();
            int endX = side > 0 ? child.x() : child.right();
            int toX = endX - side * lines.getOrDefault(column(these.get(i)), 0);
            List<Label> labels = new ArrayList<>();
            int middle = endX - side * lineWidth(end, these.get(i)) / 2;
            String forth = sent(end, these.get(i));
            String back = sent(these.get(i), end);
            if (!forth.isEmpty()) {
                labels.add(new Label(side > 0 ? forth + " →" : "← " + forth, middle, child.middleY() - 6, false));
            }
            if (!back.isEmpty()) {
                labels.add(new Label(side > 0 ? "← " + back : back + " →", middle, child.middleY() + 15, false));
            }
            int bend = (toX - fromX) / 2;
            Path path = new Path(fromX, fromY, bend, toX, child.middleY(), -bend, endX);
            curves.add(new Curve(path, false, labels));
        }
    }

    private static Curve extra(Box from, Box to) {
        if (from.x() < to.right() && to.x() < from.right()) {
            // One column: a bow on its right side.
            int bend = 30 + Math.abs(from.middleY() - to.middleY()) / 4;
            Path bow = new Path(from.right(), from.middleY(), bend, to.right(), to.middleY(), bend, to.right());
            return new Curve(bow, true, List.of());
        }
        Box left = from.x() < to.x() ? from : to;
        Box right = left == from ? to : from;
        int bend = (right.x() - left.right()) / 2;
        Path path = new Path(left.right(), left.middleY(), bend, right.x(), right.middleY(), -bend, right.x());
        return new Curve(path, true, List.of());
    }

    private int lineWidth(int end, int child) {
        int columnCount = 2 + Math.max(DisplayWidth.of(sent(end, child)), DisplayWidth.of(sent(child, end)));
        return Math.max(SHORTEST_LINE, Card.pixels(columnCount, Card.MONO) + 14);
    }

    private String sent(int from, int to) {
        for (Tunnel tunnel : network.tunnelsOf(from)) {
            if (tunnel.other(from) == to) {
                return DisplayWidth.cut(
                        tunnel.sentBy(from)
                                .map(prefixes -> Prefixes.few(prefixes, Prefixes.FEW))
                                .orElse(""),
                        LABEL_COLUMNS);
            }
        }
        return "";
    }
}
