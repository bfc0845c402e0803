// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.graph;

import io.wgj.cli.graph.GraphSource.Fact;
import io.wgj.cli.graph.Network.End;
import io.wgj.cli.graph.Network.Tunnel;

/// A network in Graphviz' language (graphviz.org/doc/info/lang.html).
final class DotText {
    private DotText() {}

    /// The whole text, Unicode.
    static String of(Network network) {
        StringBuilder out = new StringBuilder(1024);
        out.append("graph wgj {\n")
                .append("  graph [rankdir=LR, ranksep=1.2]\n")
                .append("  node [shape=box, style=rounded, fontname=\"sans-serif\", fontsize=11]\n")
                .append("  edge [fontname=\"sans-serif\", fontsize=9, color=\"#59636e\"]\n");
        for (int i = 0; i < network.ends().size(); i++) {
            out.append("  n").append(i).append(" [label=\"");
            label(out, network.ends().get(i));
            out.append('"');
            if (!network.ends().get(i).described()) {
                out.append(", style=\"rounded,dashed\"");
            }
            out.append("]\n");
        }
        for (Tunnel tunnel : network.tunnels()) {
            out.append("  n").append(tunnel.from()).append(" -- n").append(tunnel.to());
            out.append(" [label=\"");
            tunnel.forth().ifPresent(sent -> out.append("→ ").append(Prefixes.few(sent, Prefixes.FEW)));
            out.append(tunnel.forth().isPresent() && tunnel.back().isPresent() ? "\\n" : "");
            tunnel.back().ifPresent(sent -> out.append("← ").append(Prefixes.few(sent, Prefixes.FEW)));
            out.append("\"]\n");
        }
        return out.append("}\n").toString();
    }

    private static void label(StringBuilder out, End end) {
        escape(out, end.label());
        if (end.key().isPresent() && !end.label().equals(end.shortKey())) {
            out.append("\\n").append(end.shortKey());
        }
        for (Fact fact : end.facts()) {
            out.append("\\n").append(fact.word()).append(' ');
            escape(out, fact.value());
        }
    }

    /// Inside quotes a backslash and a quote have a meaning, and so have HTML's character references.
    private static void escape(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '&' -> out.append("&amp;");
                default -> out.append(text.charAt(i));
            }
        }
    }
}
