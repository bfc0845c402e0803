// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.quick.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A step that failed.
final class StepException extends Exception {
    private static final long serialVersionUID = 1;

    private final int exitCode;
    private final transient List<String> lines;
    private final transient List<String> hints;
    private final boolean gone;
    private final transient Optional<Step> failed;
    private final transient List<Step> performed;

    private StepException(
            int exitCode,
            List<String> lines,
            List<String> hints,
            boolean gone,
            Optional<Step> failed,
            List<Step> performed) {
        super(String.join("\n", lines));
        this.exitCode = exitCode;
        this.lines = List.copyOf(lines);
        this.hints = List.copyOf(hints);
        this.gone = gone;
        this.failed = failed;
        this.performed = List.copyOf(performed);
    }

    /// @param lines what the tool that wg-quick runs for the step would print
    StepException(int exitCode, List<String> lines) {
        this(exitCode, lines, List.of(), false, Optional.empty(), List.of());
    }

    StepException(int exitCode, String line) {
        this(exitCode, List.of(line));
    }

    /// A run that ended inside of a step.
    static StepException of(RunException failure) {
        return new StepException(
                failure.exitCode(), failure.lines(), failure.hints(), false, Optional.empty(), List.of());
    }

    /// What was to be taken away is not there.
    StepException whereGone() {
        return new StepException(exitCode, lines, hints, true, failed, performed);
    }

    /// The same with a sentence of ours: why, and what to do.
    StepException withHint(String hint) {
        List<String> more = new ArrayList<>(hints);
        more.add(hint);
        return new StepException(exitCode, lines, more, gone, failed, performed);
    }

    /// As the end of a run.
    RunException ending() {
        return new RunException(exitCode, lines, hints);
    }

    /// The same of one among several steps.
    ///
    /// @param done those that were performed all the same, before or after it
    StepException among(Step culprit, List<Step> done) {
        return new StepException(exitCode, lines, hints, gone, Optional.of(culprit), done);
    }

    /// What wg-quick would end with.
    int exitCode() {
        return exitCode;
    }

    List<String> lines() {
        return lines;
    }

    /// Whether there was nothing to be taken away.
    boolean isGone() {
        return gone;
    }

    /// Which step it was, if it was one of several.
    Optional<Step> failed() {
        return failed;
    }

    /// What was performed of several.
    List<Step> performed() {
        return performed;
    }
}
