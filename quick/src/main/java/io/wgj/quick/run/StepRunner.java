// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.quick.model.Step;
import java.util.List;
import java.util.OptionalInt;

/// Performs steps: on this machine ([HostStepRunner]), or on a system in a test's memory.
interface StepRunner {
    /// Performs one step, wholly or not at all: a step that fails halfway is undone.
    void perform(Step step) throws StepException;

    /// Performs steps that are all [Step.AddRoute] or all [Step.DeleteRoute]. A failure does not stop those
    /// after it. The exception names the first step that failed, and all steps that were performed.
    void performRoutes(List<Step> steps) throws StepException;

    /// The index of a link; empty when there is none.
    OptionalInt linkIndex(InterfaceName link) throws StepException;

    /// The index of the link that a step has just made.
    default OptionalInt madeIndex(InterfaceName link) throws StepException {
        return linkIndex(link);
    }
}
