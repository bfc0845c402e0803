// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.device.DeviceUpdate;
import java.util.List;
import java.util.Optional;

/// What is going to happen, in order.
///
/// @param device what the step that configures the device sends. It stands here and not in the step, because it holds
///     keys and steps are written to disk
/// @param notes what the user should know before, a sentence each
public record Plan(List<Step> steps, Optional<DeviceUpdate> device, List<String> notes) {
    public Plan {
        steps = List.copyOf(steps);
        notes = List.copyOf(notes);
    }
}
