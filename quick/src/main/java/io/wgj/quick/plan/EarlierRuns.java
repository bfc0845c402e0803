// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.netlink.route.Route;
import io.wgj.quick.model.HookChanges;
import io.wgj.quick.model.Step;
import java.util.List;

/// What is known of the runs before a `reload`.
///
/// @param done their steps in order, or [DownPlanner#found] where there is no journal
/// @param journalled whether a journal tells it
/// @param earlierRoutes the routes of the link in the main table that `up` found when it planned its own, but for those
///     of the file's addresses: what a `PreUp` hook added. Hooks that ran later do not count
/// @param keepsMtu whether the file names no MTU, named none before, and the endpoints are the same: the MTU stays
/// @param hooks what hooks have made otherwise than the file says
public record EarlierRuns(
        List<Step> done, boolean journalled, List<Route> earlierRoutes, boolean keepsMtu, HookChanges hooks) {
    public EarlierRuns {
        done = List.copyOf(done);
        earlierRoutes = List.copyOf(earlierRoutes);
    }

    /// Where a journal has nothing but steps.
    public static EarlierRuns of(List<Step> done) {
        return new EarlierRuns(done, true, List.of(), false, HookChanges.none());
    }
}
