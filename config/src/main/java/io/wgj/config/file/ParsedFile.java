// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The result of parsing a file: what it says and what is wrong with it.
///
/// Problems are kept apart by owner: `down` and `save` work however bad wg's part of a file is.
///
/// @param readable what the file says without the lines that have a problem; sections without a readable
///     `PublicKey` are left out
/// @param wgProblems problems of wg's part; the one that wg stops at comes first
/// @param quickProblems problems with keys of wg-quick and wgj, in the order of the file
/// @param conflicts of values that are good by themselves: no tunnel comes up with them together, but one can be
///     taken down
/// @param warnings the lines that wg prints before it stops or is done
/// @param advice remarks of wgj, in the order of the file
public record ParsedFile(
        TunnelFile readable,
        List<Problem> wgProblems,
        List<Problem> quickProblems,
        List<Problem> conflicts,
        List<String> warnings,
        List<Advice> advice) {
    /// Copies the lists.
    public ParsedFile {
        wgProblems = List.copyOf(wgProblems);
        quickProblems = List.copyOf(quickProblems);
        conflicts = List.copyOf(conflicts);
        warnings = List.copyOf(warnings);
        advice = List.copyOf(advice);
    }

    /// What the file says; empty when there is any problem.
    public Optional<TunnelFile> file() {
        boolean good = wgProblems.isEmpty() && quickProblems.isEmpty() && conflicts.isEmpty();
        return good ? Optional.of(readable) : Optional.empty();
    }

    /// All problems, in the order of the file.
    public List<Problem> problems() {
        List<Problem> all = new ArrayList<>(quickProblems);
        all.addAll(conflicts);
        all.addAll(wgProblems);
        all.sort((left, right) ->
                Integer.compare(left.place().line(), right.place().line()));
        return all;
    }
}
