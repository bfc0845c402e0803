// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.config.file.FileLine;
import java.util.ArrayList;
import java.util.List;

/// The lines of a file while values are changed, lines added and lines removed. Indexes are those of the file
/// as it was.
final class SavedLines {
    private final List<FileLine> old;
    private final List<String> now;
    private final List<List<String>> added;
    private final boolean[] removed;
    private final String lineEnd;
    private boolean hasNewHeader;

    /// Lines from `start` on, before `end`.
    record Range(int start, int end) {}

    SavedLines(List<FileLine> old) {
        this.old = old;
        this.now = new ArrayList<>(old.size());
        this.added = new ArrayList<>(old.size() + 1);
        for (FileLine line : old) {
            now.add(line.original());
            added.add(new ArrayList<>(0));
        }
        added.add(new ArrayList<>(0));
        this.removed = new boolean[old.size()];
        this.lineEnd = !old.isEmpty() && old.getFirst().original().endsWith("\r") ? "\r" : "";
    }

    int count() {
        return old.size();
    }

    FileLine old(int index) {
        return old.get(index);
    }

    /// Gives a setting another value.
    void set(int index, String value) {
        now.set(index, old.get(index).withValue(value).original());
    }

    /// Adds a line below `index`, -1 for the start of the file, and below the lines that were added there before.
    void addBelow(int index, String line) {
        added.get(index + 1).add(line + lineEnd);
    }

    /// Puts a section's header at the start of the file, above the lines that were added there.
    void addHeader(String header) {
        if (!hasNewHeader) {
            added.getFirst().addFirst(header + lineEnd);
            hasNewHeader = true;
        }
    }

    /// Removes the lines from `start` on, before `end`.
    void remove(int start, int end) {
        for (int i = start; i < end; i++) {
            removed[i] = true;
        }
    }

    /// Appends a section below an empty line, with the line ends that the file has.
    void append(String section, StringBuilder file) {
        String newline = lineEnd + "\n";
        if (!file.isEmpty() && file.charAt(file.length() - 1) != '\n') {
            file.append(newline);
        }
        boolean isApart = file.isEmpty() || file.indexOf("\n" + newline, file.length() - newline.length() - 1) >= 0;
        file.append(isApart ? "" : newline).append(section.replace("\n", newline));
    }

    /// The file.
    ///
    /// @param endsInNewline whether the last line of the old file has a newline
    String text(boolean endsInNewline) {
        List<String> lines = new ArrayList<>(added.getFirst());
        if (hasNewHeader && !old.isEmpty()) {
            lines.add(lineEnd);
        }
        boolean lastStays = false;
        for (int i = 0; i < now.size(); i++) {
            if (!removed[i]) {
                lines.add(now.get(i));
            }
            lines.addAll(added.get(i + 1));
            lastStays = !removed[i] && added.get(i + 1).isEmpty();
        }
        // What was removed at the end takes the empty lines above it along.
        boolean endWasRemoved = !old.isEmpty() && removed[old.size() - 1];
        while (endWasRemoved && !lines.isEmpty() && lines.getLast().isBlank()) {
            lines.removeLast();
        }
        String text = String.join("\n", lines);
        boolean newline = endsInNewline || !lastStays;
        return newline && !lines.isEmpty() ? text + "\n" : text;
    }
}
