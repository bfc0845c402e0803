// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.netlink.route.Route;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What remains of a history of steps: runner that were undone since are gone, those that were changed are as they are
/// now.
public final class NetSteps {
    private final List<Step> steps = new ArrayList<>();
    /// All that ever was in there: to search a list of ten thousand routes for each of them takes seconds.
    private final Set<Step> ever = new HashSet<>();

    private NetSteps() {}

    /// @param history in the order it happened
    public static List<Step> of(List<Step> history) {
        NetSteps effective = new NetSteps();
        for (Step step : history) {
            effective.take(step);
            effective.ever.add(step);
        }
        return List.copyOf(effective.steps);
    }

    private void take(Step step) {
        if (step instanceof Step.ReplaceRoute replace && replace.route().protocol() == Route.PROTOCOL_KERNEL) {
            // The way back to a route that is an address's.
            steps.remove(new Step.AddRoute(replace.before()));
        } else if (step instanceof Step.ReplaceRoute replace) {
            swap(new Step.AddRoute(replace.before()), new Step.AddRoute(replace.route()));
        } else if (step instanceof Step.ReplaceAddress replace) {
            swap(
                    new Step.AddAddress(replace.link(), replace.before()),
                    new Step.AddAddress(replace.link(), replace.address()));
        } else if (step instanceof Step.ReplaceFirewall replace) {
            swap(new Step.InstallFirewall(replace.before()), new Step.InstallFirewall(replace.tables()));
        } else if (step instanceof Step.ReplaceDns replace) {
            swap(new Step.SetDns(replace.before()), new Step.SetDns(replace.dns()));
        } else if (step instanceof Step.SetMtu mtu) {
            steps.removeIf(Step.SetMtuAndUp.class::isInstance);
            steps.add(new Step.SetMtuAndUp(mtu.link(), mtu.mtu()));
        } else if (!cancels(step) && !(ever.contains(step) && steps.contains(step))) {
            // Not twice: what somebody took away meanwhile may have been brought back.
            steps.add(step);
        }
    }

    /// Steps that only add something are undone by their inverse; of settings, the same is true of the way back.
    private boolean cancels(Step step) {
        Optional<Step> undone = step.inverse();
        return undone.isPresent() && ever.contains(undone.get()) && steps.remove(undone.get());
    }

    private void swap(Step before, Step now) {
        int at = steps.indexOf(before);
        ever.add(now);
        if (at < 0) {
            steps.add(now);
        } else {
            steps.set(at, now);
        }
    }
}
