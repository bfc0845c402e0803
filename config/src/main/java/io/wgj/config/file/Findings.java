// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The problems, warnings and remarks found so far while a file is parsed.
final class Findings {
    private final List<Problem> wgProblems = new ArrayList<>();
    private final List<Problem> quickProblems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Advice> advice = new ArrayList<>();

    void addToWg(Problem problem) {
        wgProblems.add(problem);
    }

    void addToQuick(Problem problem) {
        quickProblems.add(problem);
    }

    /// Whether wg's part has a problem so far.
    boolean wgHasProblems() {
        return !wgProblems.isEmpty();
    }

    /// Takes lines that wg prints. wg stops at the first problem, and so do its warnings.
    void warn(List<String> lines) {
        if (wgProblems.isEmpty()) {
            warnings.addAll(lines);
        }
    }

    /// Adds a remark, in the order of the file.
    void advise(Place place, Optional<String> text) {
        if (text.isEmpty()) {
            return;
        }
        int at = advice.size();
        while (at > 0 && advice.get(at - 1).place().line() > place.line()) {
            at--;
        }
        advice.add(at, new Advice(place, text.get()));
    }

    ParsedFile result(TunnelFile readable, List<Problem> conflicts) {
        return new ParsedFile(readable, wgProblems, quickProblems, conflicts, warnings, advice);
    }
}
