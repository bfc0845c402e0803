// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What became of a wg-quick file. Its two halves are judged apart: `down` and `save` never look at wg's.
///
/// @param file the lines, whatever they say
/// @param config present when there is no problem with keys of wg-quick or ours
/// @param quickProblems those problems, in the order of the file
/// @param conflicts of values that are good by themselves: no tunnel comes up with them together, but one can be taken
/// down
/// @param wg what became of wg's part, places in the whole file
/// @param quickAdvice our remarks on wg-quick's and our part
public record ParsedQuick(
        QuickFile file,
        Optional<QuickConfig> config,
        List<Problem> quickProblems,
        List<Problem> conflicts,
        ParsedWg wg,
        List<Advice> quickAdvice) {
    public ParsedQuick {
        quickProblems = List.copyOf(quickProblems);
        conflicts = List.copyOf(conflicts);
        quickAdvice = List.copyOf(quickAdvice);
    }

    /// All problems of both halves, and between their lines, by line.
    public List<Problem> problems() {
        List<Problem> all = new ArrayList<>(quickProblems);
        all.addAll(conflicts);
        all.addAll(wg.problems());
        all.sort((left, right) ->
                Integer.compare(left.place().line(), right.place().line()));
        return all;
    }

    /// All remarks on both halves by line.
    public List<Advice> advice() {
        List<Advice> all = new ArrayList<>(quickAdvice);
        all.addAll(wg.advice());
        all.sort((left, right) ->
                Integer.compare(left.place().line(), right.place().line()));
        return all;
    }
}
