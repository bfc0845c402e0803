// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Changes of lines in the form of `diff -u`.
public final class UnifiedDiff {
    /// The unchanged lines shown around a change.
    private static final int CONTEXT = 3;

    private final List<Edit> edits;
    private final IntFunction<String> headings;
    private final List<String> out = new ArrayList<>();

    /// What happens to a line.
    public enum Kind {
        /// It stays.
        KEEP,
        /// It is in the old file alone.
        REMOVE,
        /// It is in the new file alone.
        ADD
    }

    /// One line.
    ///
    /// @param text without a newline
    public record Edit(Kind kind, String text) {}

    private UnifiedDiff(List<Edit> edits, IntFunction<String> headings) {
        this.edits = edits;
        this.headings = headings;
    }

    /// The lines of the diff; none when every line stays.
    ///
    /// @param oldName what the header calls the old file
    /// @param newName what the header calls the new file
    /// @param edits all lines of both files, in their order
    public static List<String> of(String oldName, String newName, List<Edit> edits) {
        return under(oldName, newName, hunks(edits, first -> ""));
    }

    /// Hunks under the two lines that name the files; none when there is no hunk.
    static List<String> under(String oldName, String newName, List<String> hunks) {
        if (hunks.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("--- " + oldName);
        lines.add("+++ " + newName);
        lines.addAll(hunks);
        return lines;
    }

    /// The hunks alone, without the two lines that name the files.
    ///
    /// @param headings what stands after a hunk's ranges, from the index of its first change; empty for nothing
    static List<String> hunks(List<Edit> edits, IntFunction<String> headings) {
        UnifiedDiff diff = new UnifiedDiff(List.copyOf(edits), headings);
        diff.hunks();
        return diff.out;
    }

    private void hunks() {
        int oldLine = 1;
        int newLine = 1;
        int shown = 0;
        for (int i = 0; i < edits.size(); i++) {
            Kind kind = edits.get(i).kind();
            if (kind != Kind.KEEP && i >= shown) {
                int start = Math.max(shown, i - CONTEXT);
                shown = end(i);
                String heading = headings.apply(i);
                hunk(start, shown, oldLine - (i - start), newLine - (i - start), heading);
            }
            oldLine += kind == Kind.ADD ? 0 : 1;
            newLine += kind == Kind.REMOVE ? 0 : 1;
        }
    }

    /// The index after the hunk of the change at `first`. It holds further changes whose context would touch.
    private int end(int first) {
        int end = first + 1;
        for (int i = first; i < edits.size() && i <= end + 2 * CONTEXT; i++) {
            end = edits.get(i).kind() == Kind.KEEP ? end : i + 1;
        }
        return Math.min(edits.size(), end + CONTEXT);
    }

    private void hunk(int start, int end, int oldLine, int newLine, String heading) {
        int oldCount = 0;
        int newCount = 0;
        for (Edit edit : edits.subList(start, end)) {
            oldCount += edit.kind() == Kind.ADD ? 0 : 1;
            newCount += edit.kind() == Kind.REMOVE ? 0 : 1;
        }
        String ranges = "@@ -" + range(oldLine, oldCount) + " +" + range(newLine, newCount) + " @@";
        out.add(heading.isEmpty() ? ranges : ranges + " " + heading);
        for (Edit edit : edits.subList(start, end)) {
            char sign = switch (edit.kind()) {
                case KEEP -> ' ';
                case REMOVE -> '-';
                case ADD -> '+';
            };
            out.add(sign + edit.text());
        }
    }

    /// `3,7`; `3` for one line; `2,0` for no line after the second.
    private static String range(int line, int count) {
        return (count == 0 ? line - 1 : line) + (count == 1 ? "" : "," + count);
    }
}
