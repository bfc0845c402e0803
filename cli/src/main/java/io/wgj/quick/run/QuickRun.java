// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.IpAddress;
import io.wgj.quick.plan.Plan;
import io.wgj.quick.plan.PlanException;
import io.wgj.quick.plan.Step;
import io.wgj.quick.plan.SystemSnapshot;
import io.wgj.quick.plan.Tunnel;
import java.util.Collection;
import java.util.List;

/// Brings tunnels up, down and up to date, in the calling thread's network namespace.
public final class QuickRun {
    public QuickRun(Environment environment, Narrator narrator) {}

    /// What a plan depends on; changes nothing.
    ///
    /// @param endpoints whose ways are wanted too, besides those of the device that is there
    public SystemSnapshot inspect(Tunnel tunnel, Collection<IpAddress> endpoints) throws RunException {
        throw new UnsupportedOperationException();
    }

    /// What `up` did, by the journal, or, without one, by what is to be seen.
    public List<Step> done(Tunnel tunnel, SystemSnapshot snapshot) throws RunException {
        throw new UnsupportedOperationException();
    }

    /// `PlanException` (``IF' already exists`, …): nothing has been done. `RunException`: everything is undone.
    public void up(Job job) throws PlanException, RunException {
        throw new UnsupportedOperationException();
    }

    /// Returns normally when the tunnel is gone, also after finding only what a killed run left (a remark tells). The
    /// caller has seen to it that there is a WireGuard interface of that name, or [#hasJournal].
    public void down(Job job) throws RunException {
        throw new UnsupportedOperationException();
    }

    /// The smallest change to what the file says, the plan it took is returned.
    public Plan reload(Job job) throws PlanException, RunException {
        throw new UnsupportedOperationException();
    }

    /// The plan that [#reload] would follow; changes nothing.
    public Plan planReload(Job job) throws PlanException, RunException {
        throw new UnsupportedOperationException();
    }

    /// Whether a run of this machine's present boot has left a journal for the interface in this namespace.
    public boolean hasJournal(Tunnel tunnel) throws RunException {
        throw new UnsupportedOperationException();
    }
}
