// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.graph;

import io.wgj.cli.graph.GraphSource.Fact;
import io.wgj.cli.graph.Network.End;
import io.wgj.cli.graph.Network.Tunnel;

/// A network as a flowchart of Mermaid (mermaid.js.org/syntax/flowchart.html), which forges draw in Markdown.
final class MermaidText {
    private static final String BREAK = "<br/>";

    private MermaidText() {}

    /// The whole text, Unicode, without a Markdown fence.
    static String of(Network network) {
        StringBuilder out = new StringBuilder(1024);
        out.append("flowchart LR\n");
        for (int i = 0; i < network.ends().size(); i++) {
            out.append("    n").append(i).append("[\"");
            label(out, network.ends().get(i));
            out.append("\"]\n");
        }
        for (Tunnel tunnel : network.tunnels()) {
            out.append("    n").append(tunnel.from()).append(" ---|\"");
            tunnel.forth().ifPresent(sent -> out.append("→ ").append(Prefixes.few(sent, Prefixes.FEW)));
            out.append(tunnel.forth().isPresent() && tunnel.back().isPresent() ? BREAK : "");
            tunnel.back().ifPresent(sent -> out.append("← ").append(Prefixes.few(sent, Prefixes.FEW)));
            out.append("\"| n").append(tunnel.to()).append('\n');
        }
        return out.toString();
    }

    private static void label(StringBuilder out, End end) {
        out.append("<b>");
        escape(out, end.label());
        out.append("</b>");
        if (end.key().isPresent() && !end.label().equals(end.shortKey())) {
            out.append(BREAK).append(end.shortKey());
        }
        for (Fact fact : end.facts()) {
            out.append(BREAK).append(fact.word()).append(' ');
            escape(out, fact.value());
        }
    }

    /// Mermaid's entity codes: a `#`, a name or number, and a `;`.
    private static void escape(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '#', '<', '>', '&', '`', ';', '\\', '*', '_', '[', ']', '|' ->
                    out.append('#').append((int) c).append(';');
                default -> out.append(c);
            }
        }
    }
}
