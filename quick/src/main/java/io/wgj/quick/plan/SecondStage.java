// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.file.RouteTable;
import io.wgj.quick.model.HookPhase;
import io.wgj.quick.model.Plan;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.SystemSnapshot;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.model.UpLink;
import java.util.List;

/// Plans the second stage of a run of `up` in two halves. First the link goes up; then the rest is planned
/// from its addresses and routes. The kernel adds routes for addresses, and drops addresses that the link
/// cannot carry.
public final class SecondStage {
    private final PlanBuilder builder;

    /// @param snapshot of the host with the link configured and down
    public SecondStage(Tunnel tunnel, SystemSnapshot snapshot) {
        this.builder = new PlanBuilder(tunnel, snapshot);
    }

    /// Plans the first half: addresses, MTU, and setting the link up. Refuses now what the second half would
    /// refuse.
    public List<Step> link() throws PlanException {
        Preconditions.checkAll(builder.tunnel(), builder.snapshot());
        QuickPlanner.link(builder);
        return List.copyOf(builder.steps());
    }

    /// Whether [#rest] or a later reload depends on the link's routes: peers' routes are in the main table.
    public boolean dependsOnRoutes() {
        return builder.tunnel().section().table() instanceof RouteTable.Auto;
    }

    /// Plans the second half: name servers, routes, rules, firewall and the `PostUp` hooks. Its notes are
    /// those of both halves.
    ///
    /// @param link as it is after the steps of [#link]
    public Plan rest(UpLink link) throws PlanException {
        int done = builder.steps().size();
        builder.linkIsUp(link);
        QuickPlanner.rest(builder);
        QuickPlanner.hooks(
                        builder.tunnel(),
                        HookPhase.POST_UP,
                        builder.tunnel().section().postUp())
                .forEach(builder::add);
        List<Step> steps = builder.steps();
        return new Plan(steps.subList(done, steps.size()), builder.notes());
    }
}
