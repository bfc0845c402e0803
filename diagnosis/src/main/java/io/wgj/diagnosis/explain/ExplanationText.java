// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.explain;

import java.util.List;

/// An [Explanation] for people: the headline, then facts, remedies and proofs, a word in front of each line.
public final class ExplanationText {
    private static final int WORD_WIDTH = 9;

    private ExplanationText() {}

    /// The lines of an explanation.
    ///
    /// @param disagreements what the kernel answers otherwise, a clause each
    public static String of(Explanation explanation, List<String> disagreements) {
        StringBuilder out = new StringBuilder();
        out.append(explanation.headline()).append('\n');
        for (Explanation.Fact fact : explanation.facts()) {
            line(out, fact.name(), fact.text());
        }
        for (String remedy : explanation.remedies()) {
            line(out, "do", remedy);
        }
        block(out, "unsure", explanation.unsure());
        block(out, "kernel", disagreements);
        block(out, "proof", explanation.proofs());
        return out.toString();
    }

    private static void block(StringBuilder out, String name, List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            line(out, i == 0 ? name : "", lines.get(i));
        }
    }

    private static void line(StringBuilder out, String name, String text) {
        out.append("  ")
                .append(name)
                .repeat(' ', Math.max(1, WORD_WIDTH - name.length()))
                .append(text)
                .append('\n');
    }
}
