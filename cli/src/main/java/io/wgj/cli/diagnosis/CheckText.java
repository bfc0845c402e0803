// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.diagnosis;

import io.wgj.config.file.Place;
import io.wgj.config.file.QuickLine;
import io.wgj.config.key.KeyMask;
import io.wgj.config.text.Printable;
import io.wgj.diagnosis.check.CheckCode;
import io.wgj.diagnosis.check.CheckedFile;
import io.wgj.diagnosis.check.Finding;
import java.util.List;
import java.util.Optional;

/// Findings and codes as text.
final class CheckText {
    private static final String INDENT = "    ";

    private CheckText() {}

    /// A finding with its line, a mark below the place, and what to do.
    static void render(Finding finding, List<CheckedFile> files, StringBuilder out) {
        append(out, "", finding.headline());
        Optional<QuickLine> line = line(finding.place(), files);
        if (line.isPresent() && !line.get().original().isBlank()) {
            String shown = line.get().shown();
            append(out, INDENT, shown);
            out.append(INDENT).append(" ".repeat(indent(line.get().original(), shown, finding.place())));
            out.append("^\n");
        }
        if (!finding.remedy().isEmpty()) {
            append(out, "  ", finding.remedy() + (finding.lines().isEmpty() ? "" : ":"));
        }
        for (String paste : finding.lines()) {
            append(out, INDENT, paste);
        }
    }

    /// The line of a finding; empty when its file has no such line.
    static Optional<QuickLine> line(Place place, List<CheckedFile> files) {
        for (CheckedFile file : files) {
            if (file.name().equals(place.file())) {
                List<QuickLine> lines = file.lines().lines();
                return place.line() <= lines.size() ? Optional.of(lines.get(place.line() - 1)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /// How far the mark stands from the start of the line as it is shown: escaped characters are longer.
    private static int indent(String original, String shown, Place place) {
        String before = original.substring(0, Math.min(place.column() - 1, original.length()));
        int length = Printable.of(before).length();
        return Math.min(length, Math.max(0, Printable.of(shown).length() - 1));
    }

    /// One line, keys hidden and control characters escaped.
    private static void append(StringBuilder out, String indent, String text) {
        out.append(indent).append(Printable.of(KeyMask.hide(text))).append('\n');
    }

    /// A code with everything that is known about it.
    static void explain(CheckCode code, StringBuilder out) {
        out.append(code.text())
                .append("  ")
                .append(code.severity())
                .append(": ")
                .append(code.title());
        out.append(".\n\n").append(code.explanation()).append("\n\n");
        out.append(code.remedy()).append('\n');
    }

    /// `2 errors and 1 warning`.
    static String count(long errors, long warnings) {
        String first = errors == 0 ? "" : errors == 1 ? "1 error" : errors + " errors";
        String second = warnings == 0 ? "" : warnings == 1 ? "1 warning" : warnings + " warnings";
        return first.isEmpty() || second.isEmpty() ? first + second : first + " and " + second;
    }
}
