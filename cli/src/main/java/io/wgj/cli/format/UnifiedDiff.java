// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.format;

import java.util.List;

/// Changes of lines in the form of `diff -u`.
public final class UnifiedDiff {
    /// The unchanged lines shown around a change.
    private static final int CONTEXT = 3;

    private final List<Edit> edits;
    private final StringBuilder out = new StringBuilder();

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

    private UnifiedDiff(List<Edit> edits) {
        this.edits = edits;
    }

    /// The text of the diff; empty when every line stays.
    ///
    /// @param oldName what the header calls the old file
    /// @param newName what the header calls the new file
    /// @param edits all lines of both files, in their order
    public static String of(String oldName, String newName, List<Edit> edits) {
        UnifiedDiff diff = new UnifiedDiff(List.copyOf(edits));
        diff.out.append("--- ").append(oldName).append("\n+++ ").append(newName).append('\n');
        int header = diff.out.length();
        diff.hunks();
        return diff.out.length() == header ? "" : diff.out.toString();
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
                hunk(start, shown, oldLine - (i - start), newLine - (i - start));
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

    private void hunk(int start, int end, int oldLine, int newLine) {
        int oldCount = 0;
        int newCount = 0;
        for (Edit edit : edits.subList(start, end)) {
            oldCount += edit.kind() == Kind.ADD ? 0 : 1;
            newCount += edit.kind() == Kind.REMOVE ? 0 : 1;
        }
        out.append("@@ -");
        range(oldLine, oldCount);
        out.append(" +");
        range(newLine, newCount);
        out.append(" @@\n");
        for (Edit edit : edits.subList(start, end)) {
            char sign = switch (edit.kind()) {
                case KEEP -> ' ';
                case REMOVE -> '-';
                case ADD -> '+';
            };
            out.append(sign).append(edit.text()).append('\n');
        }
    }

    /// `3,7`; `3` for one line; `2,0` for no line after the second.
    private void range(int line, int count) {
        out.append(count == 0 ? line - 1 : line);
        if (count != 1) {
            out.append(',').append(count);
        }
    }
}
