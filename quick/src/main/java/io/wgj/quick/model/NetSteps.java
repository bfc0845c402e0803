// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reduces a history of steps to those that are still in effect: steps that were undone are left out, and
/// steps whose result was replaced have the contents of their replacement.
public final class NetSteps {
    private final List<Step.Lasting> steps = new ArrayList<>();
    /// Every step that was ever in the list: searching a list of ten thousand routes for each of them takes
    /// seconds.
    private final Set<Step> ever = new HashSet<>();

    private NetSteps() {}

    /// The steps in effect, in the order in which they happened.
    ///
    /// @param history in the order in which it happened
    public static List<Step.Lasting> of(List<? extends Step> history) {
        NetSteps net = new NetSteps();
        for (Step step : history) {
            net.take(step.effect());
        }
        return List.copyOf(net.steps);
    }

    private void take(Effect effect) {
        switch (effect) {
            case Effect.Adds(Step.Lasting step) -> add(step);
            case Effect.Removes(Step.Lasting step) -> remove(step);
            case Effect.Replaces(Step.Lasting before, Step.Lasting after) -> replace(before, after);
            case Effect.Sets(Step.Lasting step) -> {
                // The same kind of step sets a value and restores the old one.
                if (!remove(step.inverse().orElseThrow())) {
                    add(step);
                }
            }
            case Effect.RemovesLink() -> steps.removeIf(Step.MakesLink.class::isInstance);
            case Effect.Reconfigures() -> {}
            case Effect.ActsOutside() -> {}
        }
    }

    /// Adds nothing twice: what something else deleted may have been added again.
    private void add(Step.Lasting step) {
        if (ever.add(step) || !steps.contains(step)) {
            steps.add(step);
        }
    }

    private boolean remove(Step step) {
        return ever.contains(step) && steps.remove(step);
    }

    private void replace(Step.Lasting before, Step.Lasting after) {
        int at = indexOf(before);
        ever.add(after);
        if (at < 0) {
            steps.add(after);
        } else {
            steps.set(at, after);
        }
    }

    /// The place of the step, or of another one about the same thing: a hook may have changed what was
    /// replaced.
    private int indexOf(Step.Lasting step) {
        int at = steps.indexOf(step);
        for (int i = 0; i < steps.size() && at < 0; i++) {
            at = steps.get(i).identity().equals(step.identity()) ? i : -1;
        }
        return at;
    }
}
