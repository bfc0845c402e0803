// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.format;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.cli.diff.UnifiedDiff;
import io.wgj.config.file.CanonicalLayout;
import io.wgj.config.file.FileLine;
import io.wgj.config.file.FileText;
import io.wgj.config.text.Printable;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `wgj fmt FILE...`: rewrites configuration files in the canonical layout.
public final class FmtCommand implements OwnCommand {
    private static final String CHECK = "--check";
    private static final String DIFF = "--diff";

    @Override
    public String summary() {
        return "Rewrites a configuration file in the canonical layout";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of("fmt", this)
                .text("""
                    Comments, the order of lines and what they mean stay. Keys get the spelling of the manual, one
                    blank around the equals sign, a comma and a blank between the elements of a list. One empty line
                    stands above each section and the comments directly above it. Indentation, blanks at the ends of
                    lines, carriage returns and further empty lines go. A second run changes nothing.

                    A file with a problem is not changed, and every problem is reported. The new file takes the place
                    of the old one in one step and keeps its owner and mode.
                    """)
                .operand(Options.operands(
                        Options.FILE,
                        "0..*",
                        "a configuration file; wg0 is /etc/wireguard/wg0.conf; - is standard input, and its new layout"
                                + " goes to standard output"))
                .option(Options.flag(
                        CHECK,
                        "changes nothing, prints the files whose layout would change, and exits with 6 when there are"
                                + " any"))
                .option(Options.flag(
                        DIFF, "changes nothing, and prints what would change as `diff -u' does, with secrets hidden"))
                .option(Options.quiet("prints errors only"))
                .exits(
                        ExitCode.DONE,
                        ExitCode.FAILED,
                        ExitCode.MISUSED,
                        ExitCode.INVALID,
                        ExitCode.NOT_PERMITTED,
                        ExitCode.NOT_FOUND)
                .exit("6", "with --check: the layout of at least one file would change")
                .example("wgj fmt /etc/wireguard/wg0.conf", "Rewrites the file of wg0")
                .example("wgj fmt --diff wg0.conf", "Shows what would change")
                .example("wgj fmt --check *.conf", "Tells a pre-commit hook whether all files have the layout")
                .build();
    }

    @Override
    public int run(Invocation invocation, Arguments arguments) throws MisuseException, RefusalException {
        int code = ExitCode.DONE;
        for (String word : arguments.operands()) {
            code = Math.max(code, format(invocation, arguments, word));
        }
        return code;
    }

    private static int format(Invocation invocation, Arguments arguments, String word) throws RefusalException {
        SoundFile file = SoundFile.read(invocation, "fmt", word);
        String path = file.path();
        FileText old = file.lines();
        CanonicalLayout layout = CanonicalLayout.of(old);
        String laidOut = layout.result().text();
        boolean changes = !laidOut.equals(file.text());
        boolean check = arguments.has(CHECK);
        boolean diff = arguments.has(DIFF);
        if (changes) {
            // A file in a new layout must have no new problem.
            SoundFile.refuseProblems("fmt", path, laidOut);
        }
        if (!arguments.quiet()) {
            if (diff) {
                String shown = Printable.of(path);
                for (String line : UnifiedDiff.of(shown, shown, edits(old, layout))) {
                    invocation.out().append(line).append('\n');
                }
            } else if (check && changes) {
                invocation.out().append(Printable.of(path)).append('\n');
            }
        }
        if (!check && !diff) {
            if (file.isStandardInput()) {
                invocation.out().append(laidOut);
            } else if (changes) {
                file.replace(invocation, "fmt", laidOut);
            }
        }
        return check && changes ? ExitCode.PENDING : ExitCode.DONE;
    }

    /// Both files' lines, fit to be shown. A line that stays the same in all but its secret counts as changed.
    private static List<UnifiedDiff.Edit> edits(FileText old, CanonicalLayout layout) {
        List<FileLine> before = old.lines();
        List<FileLine> after = layout.result().lines();
        List<UnifiedDiff.Edit> edits = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < after.size(); i++) {
            int source = layout.sources().get(i);
            while (next < source) {
                edits.add(edit(UnifiedDiff.Kind.REMOVE, before.get(next++)));
            }
            FileLine line = after.get(i);
            boolean stays =
                    source == next && before.get(next).original().equals(line.original()) && !losesItsEnd(old, next);
            if (source == next && !stays) {
                edits.add(edit(UnifiedDiff.Kind.REMOVE, before.get(next)));
                if (losesItsEnd(old, next)) {
                    // diff(1) says so in these words.
                    edits.set(
                            edits.size() - 1,
                            new UnifiedDiff.Edit(
                                    UnifiedDiff.Kind.REMOVE,
                                    edits.getLast().text() + "\n\\ No newline at end of file"));
                }
            }
            edits.add(edit(stays ? UnifiedDiff.Kind.KEEP : UnifiedDiff.Kind.ADD, line));
            next = Math.max(next, source + 1);
        }
        while (next < before.size()) {
            edits.add(edit(UnifiedDiff.Kind.REMOVE, before.get(next++)));
        }
        return edits;
    }

    private static boolean losesItsEnd(FileText file, int line) {
        return !file.endsInNewline() && line == file.lines().size() - 1;
    }

    private static UnifiedDiff.Edit edit(UnifiedDiff.Kind kind, FileLine line) {
        return new UnifiedDiff.Edit(kind, Printable.of(line.shown()));
    }
}
