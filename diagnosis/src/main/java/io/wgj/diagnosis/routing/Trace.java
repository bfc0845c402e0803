// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.netlink.route.FibRoute;
import io.wgj.netlink.route.PolicyRule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a look-up met on its way: the rules that matched, and the doubts.
final class Trace {
    private final List<RuleStep> steps = new ArrayList<>();
    private final Set<String> doubts = new LinkedHashSet<>();

    void step(PolicyRule rule, RuleStep.Outcome outcome, @Nullable FibRoute route, String text) {
        steps.add(new RuleStep(rule, outcome, Optional.ofNullable(route), text));
    }

    void doubt(String reason) {
        doubts.add(reason);
    }

    List<RuleStep> steps() {
        return steps;
    }

    List<String> doubts() {
        return List.copyOf(doubts);
    }
}
