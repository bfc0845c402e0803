// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.config.net.IpAddress;
import io.wgj.netlink.route.FibRoute;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.RouteType;
import java.util.List;
import java.util.Optional;

/// The answer of a [RouteLookup].
///
/// @param refusal why there is no way; empty when there is one
/// @param type what happens to the packet; `UNICAST` when it is sent on
/// @param choices the ways out; more than one where the kernel takes one of several; empty with a refusal
/// @param rule the rule that decided; empty when none was asked
/// @param route the route that decided; empty when none did: a bound socket sends without one
/// @param steps the rules that matched, in order
/// @param oneTree whether IPv4's tables local and main are one, as on hosts that never had a rule of their own:
///     the kernel then calls both `main`
/// @param note what else decided, a clause; empty for nothing
/// @param unsure why the kernel's answer may differ, a clause each
public record LookupResult(
        Optional<Refusal> refusal,
        RouteType type,
        List<NextHopChoice> choices,
        Optional<PolicyRule> rule,
        Optional<FibRoute> route,
        List<RuleStep> steps,
        boolean oneTree,
        String note,
        List<String> unsure) {
    public LookupResult {
        choices = List.copyOf(choices);
        steps = List.copyOf(steps);
        unsure = List.copyOf(unsure);
    }

    /// Whether the packet is sent or delivered.
    public boolean isWay() {
        return refusal.isEmpty();
    }

    /// Whether the packet is for this host itself.
    public boolean isLocal() {
        return isWay() && type == RouteType.LOCAL;
    }

    /// Whether one of the ways out is the link called `device`.
    public boolean mayLeaveBy(String device) {
        for (NextHopChoice choice : choices) {
            if (choice.device().equals(device)) {
                return true;
            }
        }
        return false;
    }

    /// The device of the first way out; empty with a refusal.
    public Optional<String> device() {
        return choices.isEmpty()
                ? Optional.empty()
                : Optional.of(choices.getFirst().device());
    }

    /// The gateway of the first way out.
    public Optional<IpAddress> gateway() {
        return choices.isEmpty() ? Optional.empty() : choices.getFirst().gateway();
    }

    /// The source address of the first way out.
    public Optional<IpAddress> source() {
        return choices.isEmpty() ? Optional.empty() : choices.getFirst().source();
    }
}
