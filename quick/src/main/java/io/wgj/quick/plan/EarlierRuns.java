// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.netlink.route.Route;
import io.wgj.quick.model.HookChanges;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.WithdrawnRoutes;
import java.util.List;

/// What the runs before a `reload` did.
///
/// @param done their steps in order; without a journal, the steps of [DownPlanner#found]
/// @param journalled whether this comes from a journal
/// @param earlierRoutes the routes of the link in the main table that `up` found when it planned its own,
///     except for those of the file's addresses. A `PreUp` hook has added them
/// @param keepsMtu whether the MTU stays: the file names none, named none before, and has the same endpoints
/// @param hooks what hooks have changed
/// @param withdrawn the routes that stay withdrawn because their peers are down
public record EarlierRuns(
        List<Step> done,
        boolean journalled,
        List<Route> earlierRoutes,
        boolean keepsMtu,
        HookChanges hooks,
        WithdrawnRoutes withdrawn) {
    public EarlierRuns {
        done = List.copyOf(done);
        earlierRoutes = List.copyOf(earlierRoutes);
    }

    /// Runs after which no route was withdrawn.
    public EarlierRuns(
            List<Step> done, boolean journalled, List<Route> earlierRoutes, boolean keepsMtu, HookChanges hooks) {
        this(done, journalled, earlierRoutes, keepsMtu, hooks, WithdrawnRoutes.none());
    }

    /// The runs of a journal that holds only steps.
    public static EarlierRuns of(List<Step> done) {
        return new EarlierRuns(done, true, List.of(), false, HookChanges.none());
    }
}
