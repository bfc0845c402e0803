// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.quick.plan.Step;
import java.util.List;
import java.util.Optional;

/// A step that failed.
final class StepException extends Exception {
    private static final long serialVersionUID = 1;

    private final int exitCode;
    private final transient List<String> lines;
    private final boolean gone;
    private final transient Optional<Step> failed;
    private final transient List<Step> performed;

    private StepException(int exitCode, List<String> lines, boolean gone, Optional<Step> failed, List<Step> performed) {
        super(String.join("\n", lines));
        this.exitCode = exitCode;
        this.lines = List.copyOf(lines);
        this.gone = gone;
        this.failed = failed;
        this.performed = List.copyOf(performed);
    }

    /// @param lines what the tool that wg-quick runs for the step would print
    StepException(int exitCode, List<String> lines) {
        this(exitCode, lines, false, Optional.empty(), List.of());
    }

    StepException(int exitCode, String line) {
        this(exitCode, List.of(line));
    }

    /// What was to be taken away is not there.
    StepException whereGone() {
        return new StepException(exitCode, lines, true, failed, performed);
    }

    /// The same of one among several steps.
    ///
    /// @param done those that were performed all the same, before or after it
    StepException among(Step culprit, List<Step> done) {
        return new StepException(exitCode, lines, gone, Optional.of(culprit), done);
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
