// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

/// What remains on the host once a step has been performed. The journal and [NetSteps] work with effects
/// alone, so that they do not depend on the kinds of steps.
public sealed interface Effect {
    /// Something is there that was not.
    record Adds(Step.Lasting step) implements Effect {}

    /// What `step` had added is gone.
    record Removes(Step.Lasting step) implements Effect {}

    /// What `after` would add has taken the place of what `before` had added.
    record Replaces(Step.Lasting before, Step.Lasting after) implements Effect {}

    /// A setting has another value. The inverse step sets the value that it had before.
    record Sets(Step.Lasting step) implements Effect {}

    /// The tunnel's link is gone, whichever step had made it.
    record RemovesLink() implements Effect {}

    /// The device has another configuration. Only the process that changed it can restore it, because
    /// journals hold no keys.
    record Reconfigures() implements Effect {}

    /// A command or a file outside of the plan was run or written. No journal records it, because nothing can
    /// undo it.
    record ActsOutside() implements Effect {}
}
