// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.quick.model.Step;
import java.util.List;
import java.util.OptionalInt;

/// Performs steps on a system: the real one, or one in a test's memory.
interface StepRunner {
    /// Performs one step. It happens, or it does not; where it fails halfway it takes the half back.
    void perform(Step step) throws StepException;

    /// Performs steps that are all [Step.AddRoute] or all [Step.DeleteRoute]. A failure does not keep those
    /// behind it from happening; it tells which step it was, the first one, and all that did happen.
    void performRoutes(List<Step> steps) throws StepException;

    /// The index of a link; empty when there is none.
    OptionalInt linkIndex(InterfaceName link) throws StepException;
}
