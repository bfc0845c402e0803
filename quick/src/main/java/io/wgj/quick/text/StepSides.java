// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.text;

import io.wgj.quick.model.DeviceChange;
import io.wgj.quick.model.Effect;
import io.wgj.quick.model.Step;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What is in effect before a step of a reload, and what takes its place.
///
/// @param kind of the step
/// @param before commands that would make what is in effect; none when something is added
/// @param after commands that make what comes; none when something is removed
/// @param device how the device changes, where that is the step: there are no commands then
public record StepSides(String kind, List<String> before, List<String> after, Optional<DeviceChange> device) {
    /// Copies the lists.
    public StepSides {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /// @param commands the commands that do what a step does
    public static StepSides of(Step step, Function<Step, List<String>> commands) {
        String kind = StepFields.kind(step);
        if (step instanceof Step.ReloadDevice reload && reload.change().isPresent()) {
            return new StepSides(kind, List.of(), List.of(), reload.change());
        }
        return switch (step.effect()) {
            case Effect.Adds added -> sides(kind, List.of(), commands.apply(added.step()));
            case Effect.Removes removed -> sides(kind, commands.apply(removed.step()), List.of());
            case Effect.Replaces replaced ->
                sides(kind, commands.apply(replaced.before()), commands.apply(replaced.after()));
            case Effect.Sets _ -> sides(kind, step.inverse().map(commands).orElse(List.of()), commands.apply(step));
            case Effect.RemovesLink _ -> sides(kind, List.of(), commands.apply(step));
            case Effect.Reconfigures _ -> sides(kind, List.of(), commands.apply(step));
            case Effect.ActsOutside _ -> sides(kind, List.of(), commands.apply(step));
        };
    }

    private static StepSides sides(String kind, List<String> before, List<String> after) {
        return new StepSides(kind, before, after, Optional.empty());
    }
}
