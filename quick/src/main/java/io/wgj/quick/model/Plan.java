// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import java.util.List;

/// What is going to happen, in order.
///
/// @param notes what the user should know before it happens, a sentence each
public record Plan(List<Step> steps, List<String> notes) {
    public Plan {
        steps = List.copyOf(steps);
        notes = List.copyOf(notes);
    }
}
