// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.graph;

import io.wgj.cli.graph.Layout.Box;
import io.wgj.cli.graph.Layout.Curve;
import io.wgj.cli.graph.Layout.Label;
import io.wgj.cli.graph.Network.End;
import io.wgj.cli.graph.Network.Tunnel;
import io.wgj.config.text.DisplayWidth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A network as an SVG picture, light or dark as its reader prefers. Colours stand in it directly rather than in
/// variables, which rsvg-convert does not know.
final class SvgPicture {
    private static final int MARGIN = 24;
    private static final int BETWEEN = 36;
    private static final int CAPTION = 22;
    private static final String CAPTION_TEXT =
            "Prefixes at a line are what goes into the tunnel in the arrow's direction (AllowedIPs).";
    private static final String DASHED_TEXT = "A dashed end is known only from what its peers say.";

    /// The light colours, and then those of a dark page.
    private static final String STYLE = """
        <style>
        .page { fill: #ffffff } text { fill: #1f2328; font-size: 11.5px } .t { font-weight: 600; font-size: 14px }
        .w { fill: #59636e; font-size: 11px } .m { font-family: ui-monospace, "DejaVu Sans Mono", monospace }
        .c { fill: #f6f8fa; stroke: #c3c9d0 } .p { fill: #ffffff; stroke: #9aa3ad; stroke-dasharray: 5 4 }
        .bar { fill: #1668a8 } .a { fill: none; stroke: #1668a8; stroke-width: 1.6; stroke-opacity: .75 }
        .x { fill: none; stroke: #8c959f; stroke-width: 1.2; stroke-dasharray: 2 4 } .l { fill: #174f7c }
        .u { fill: none; stroke: #8c959f; stroke-width: 1.3; stroke-opacity: .8 }
        .b { fill: #ffffff; fill-opacity: .9 }
        @media (prefers-color-scheme: dark) {
        .page { fill: #0d1117 } text { fill: #e6edf3 } .w { fill: #9198a1 } .c { fill: #151b23; stroke: #3d444d }
        .p { fill: #0d1117; stroke: #656c76 } .bar { fill: #58a6ff } .a { stroke: #58a6ff } .x, .u { stroke: #656c76 }
        .l { fill: #a5d0ff } .b { fill: #0d1117 }
        }
        </style>
        """;

    private final Network network;
    private final StringBuilder out = new StringBuilder(4096);

    private SvgPicture(Network network) {
        this.network = network;
    }

    /// The whole picture, Unicode.
    static String of(Network network) {
        return new SvgPicture(network).draw();
    }

    private String draw() {
        List<Layout> parts = new ArrayList<>();
        boolean dashed = false;
        int width = Card.pixels(CAPTION_TEXT.length(), 60);
        int y = MARGIN;
        for (List<Integer> group : groups()) {
            Layout part = layout(group).moved(MARGIN, y);
            parts.add(part);
            width = Math.max(width, part.width());
            y += part.height() + BETWEEN;
        }
        for (End end : network.ends()) {
            dashed |= !end.described();
        }
        int height = y - BETWEEN + MARGIN + (dashed ? 2 : 1) * CAPTION;
        head(width + 2 * MARGIN, height);
        for (Layout part : parts) {
            int inset = (width - part.width()) / 2;
            Layout centred = part.moved(inset, 0);
            centred.curves().forEach(this::line);
            centred.boxes().forEach(this::card);
            centred.curves().forEach(this::labels);
        }
        int below = y - BETWEEN + MARGIN + 10;
        caption(CAPTION_TEXT, below);
        if (dashed) {
            caption(DASHED_TEXT, below + CAPTION - 4);
        }
        return out.append("</svg>\n").toString();
    }

    private Layout layout(List<Integer> group) {
        int tunnels = 0;
        for (Tunnel tunnel : network.tunnels()) {
            tunnels += group.contains(tunnel.from()) ? 1 : 0;
        }
        boolean isTree = tunnels == group.size() - 1;
        return isTree || group.size() > CircleLayout.MOST_ENDS
                ? TreeLayout.of(network, busiest(group))
                : CircleLayout.of(network, group);
    }

    /// The connected parts, each in the order of its ends.
    private List<List<Integer>> groups() {
        List<List<Integer>> groups = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (int end = 0; end < network.ends().size(); end++) {
            if (seen.add(end)) {
                Set<Integer> group = new TreeSet<>(List.of(end));
                List<Integer> open = new ArrayList<>(group);
                while (!open.isEmpty()) {
                    int one = open.removeLast();
                    for (Tunnel tunnel : network.tunnelsOf(one)) {
                        if (seen.add(tunnel.other(one))) {
                            group.add(tunnel.other(one));
                            open.add(tunnel.other(one));
                        }
                    }
                }
                groups.add(List.copyOf(group));
            }
        }
        return groups;
    }

    private int busiest(List<Integer> group) {
        int best = group.getFirst();
        for (int end : group) {
            if (network.tunnelsOf(end).size() > network.tunnelsOf(best).size()) {
                best = end;
            }
        }
        return best;
    }

    private void head(int width, int height) {
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height)
                .append("\" width=\"")
                .append(width)
                .append("\" height=\"")
                .append(height)
                .append(
                        "\" font-family=\"system-ui, 'DejaVu Sans', sans-serif\" role=\"img\" aria-labelledby=\"title\">\n");
        out.append("<title id=\"title\">WireGuard network: ");
        out.append(count(network.ends().size(), "end")).append(", ");
        out.append(count(network.tunnels().size(), "tunnel")).append("</title>\n");
        out.append(STYLE);
        out.append("<rect width=\"")
                .append(width)
                .append("\" height=\"")
                .append(height)
                .append("\" class=\"page\"/>\n");
    }

    private static String count(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private void line(Curve curve) {
        out.append("<path d=\"").append(curve.path().data()).append("\" class=\"");
        out.append(curve.extra() ? curve.path().isStraight() ? "u" : "x" : "a").append("\"/>\n");
    }

    private void labels(Curve curve) {
        for (Label label : curve.labels()) {
            if (label.boxed()) {
                int width = Card.pixels(DisplayWidth.of(label.text()), Card.MONO) + 8;
                out.append("<rect x=\"")
                        .append(label.x() - width / 2)
                        .append("\" y=\"")
                        .append(label.y() - 12);
                out.append("\" width=\"").append(width).append("\" height=\"17\" rx=\"3\" class=\"b\"/>\n");
            }
            text(label.x(), label.y(), "m l\" text-anchor=\"middle", label.text());
        }
    }

    private void card(Box box) {
        Card card = box.card();
        boolean known = card.end().described();
        out.append("<g>");
        title(card.end());
        out.append("<rect x=\"")
                .append(box.x())
                .append("\" y=\"")
                .append(box.y())
                .append("\" width=\"");
        out.append(card.width()).append("\" height=\"").append(card.height()).append("\" rx=\"7\" class=\"");
        out.append(known ? "c" : "p").append("\"/>\n");
        if (known) {
            out.append("<rect x=\"")
                    .append(box.x())
                    .append("\" y=\"")
                    .append(box.y() + 7)
                    .append("\" width=\"3\" height=\"");
            out.append(card.height() - 14).append("\" class=\"bar\"/>\n");
        }
        int x = box.x() + Card.PADDING;
        int y = box.y() + Card.PADDING + 11;
        text(x, y, "t", Card.title(card.end()));
        y += Card.TITLE_HEIGHT;
        for (Card.Line line : card.lines()) {
            if (!line.word().isEmpty()) {
                text(x, y, "w", line.word());
            }
            text(line.word().isEmpty() ? x : x + card.wordWidth(), y, "m", line.value());
            y += Card.LINE_HEIGHT;
        }
        out.append("</g>\n");
    }

    /// What a pointer over the card shows: everything, uncut.
    private void title(End end) {
        out.append("<title>");
        escape(end.label());
        end.key().ifPresent(key -> out.append("\npublic key ").append(key.toBase64()));
        for (GraphSource.Fact fact : end.facts()) {
            out.append('\n').append(fact.word()).append(' ');
            escape(fact.value());
        }
        out.append("</title>\n");
    }

    private void caption(String text, int y) {
        text(MARGIN, y, "w", text);
    }

    private void text(int x, int y, String classes, String text) {
        out.append("<text x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y)
                .append("\" class=\"")
                .append(classes)
                .append("\">");
        escape(text);
        out.append("</text>\n");
    }

    /// XML has no place for a few code points, escaped or not (xml 1.0, 2.2).
    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> out.append(c >= 0xfffe ? '\ufffd' : c);
            }
        }
    }
}
