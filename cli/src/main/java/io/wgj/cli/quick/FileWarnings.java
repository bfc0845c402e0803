// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.Invocation;
import io.wgj.diagnosis.check.CheckCode;
import io.wgj.diagnosis.check.CheckedFile;
import io.wgj.diagnosis.check.FileChecks;
import io.wgj.diagnosis.check.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The gravest of what `wgj check` finds in a file, for commands that bring it up. Loaded only where they print
/// it.
final class FileWarnings {
    private static final int MOST_WARNINGS = 3;

    private FileWarnings() {}

    /// One line for each error and the three gravest warnings, and one that says how to see all. None under the
    /// original's name, and none with `--no-check`.
    static List<String> of(Invocation invocation, Arguments arguments, QuickSource source) {
        if (!invocation.extended() || arguments.has(QuickOptions.NO_CHECK)) {
            return List.of();
        }
        CheckedFile file = new CheckedFile(
                source.found().path(),
                Optional.of(source.found().link()),
                source.lines(),
                source.parsed(),
                Optional.empty());
        List<Finding> findings = FileChecks.atUp(file, invocation.host().facts());
        List<String> lines = new ArrayList<>();
        int warnings = 0;
        for (Finding finding : findings) {
            CheckCode code = finding.code();
            if (code.isError() || warnings < MOST_WARNINGS) {
                lines.add(finding.headline());
            }
            warnings += code.isError() ? 0 : 1;
        }
        if (!findings.isEmpty()) {
            int left = Math.max(warnings - MOST_WARNINGS, 0);
            String more = left == 0 ? "" : left == 1 ? "one more warning; " : left + " more warnings; ";
            lines.add(more + "`wgj check " + word(source) + "' says what to do");
        }
        return lines;
    }

    /// The same, printed.
    static void print(Invocation invocation, Arguments arguments, QuickSource source) {
        for (String line : of(invocation, arguments, source)) {
            invocation.note(line);
        }
    }

    private static String word(QuickSource source) {
        return source.found().isStandardInput() ? "FILE" : source.found().path();
    }
}
