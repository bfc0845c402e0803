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

    /// @param lines what wg-quick's tool for the step would print
    StepException(int exitCode, List<String> lines) {
        this(exitCode, lines, List.of(), false, Optional.empty(), List.of());
    }

    StepException(int exitCode, String line) {
        this(exitCode, List.of(line));
    }

    /// A run that ended during a step.
    static StepException of(RunException failure) {
        return new StepException(
                failure.exitCode(), failure.lines(), failure.hints(), false, Optional.empty(), List.of());
    }

    /// What the step should delete does not exist.
    StepException whereGone() {
        return new StepException(exitCode, lines, hints, true, failed, performed);
    }

    /// The same failure with a sentence of ours: why, and what to do.
    StepException withHint(String hint) {
        List<String> more = new ArrayList<>(hints);
        more.add(hint);
        return new StepException(exitCode, lines, more, gone, failed, performed);
    }

    /// The end of the run that this failure causes.
    RunException ending() {
        return new RunException(exitCode, lines, hints);
    }

    /// The same failure of one of several steps.
    ///
    /// @param done the steps that were performed, before or after it
    StepException among(Step culprit, List<Step> done) {
        return new StepException(exitCode, lines, hints, gone, Optional.of(culprit), done);
    }

    /// wg-quick's exit code.
    int exitCode() {
        return exitCode;
    }

    List<String> lines() {
        return lines;
    }

    /// Whether there was nothing to delete.
    boolean isGone() {
        return gone;
    }

    /// The step that failed, if it was one of several.
    Optional<Step> failed() {
        return failed;
    }

    /// The steps that were performed.
    List<Step> performed() {
        return performed;
    }
}
