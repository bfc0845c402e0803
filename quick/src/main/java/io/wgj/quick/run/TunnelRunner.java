// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.quick.model.Plan;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.SystemSnapshot;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.plan.PlanException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Brings tunnels up, down and up to date. A port: commands are tested without a host.
public interface TunnelRunner {
    /// What a plan depends on; changes nothing, and needs no privilege but to see keys.
    ///
    /// @param endpoints whose lookups are wanted too, besides those of the device that is there
    SystemSnapshot inspect(Tunnel tunnel, Collection<IpAddress> endpoints) throws RunException;

    /// What `up` did and what is left of it, by the journal, or, without one, by what is to be seen.
    List<Step> done(Tunnel tunnel, SystemSnapshot snapshot) throws RunException;

    /// The port that the device chose when `up` found none in its file; empty when that is not in the journal.
    OptionalInt chosenPort(InterfaceName link) throws RunException;

    /// Whether `up` has to clear something away before the interface counts as up: what a killed one left, or a
    /// trial that nobody confirmed.
    boolean isUnfinished(InterfaceName link) throws RunException;

    /// Whether a run of the present boot has left a journal for the interface in this namespace.
    boolean hasJournal(InterfaceName link) throws RunException;

    /// Brings the tunnel up.
    ///
    /// @throws PlanException when there is no way (``IF' already exists`, …); as with `RunException`, nothing
    ///     is left of what was done
    void up(TunnelRequest request) throws PlanException, RunException;

    /// [#up] on trial: goes down again, hooks and all, unless [#confirm] comes in time. A signal ends the trial
    /// at once, and so do a `down` and an `up` of others. Whether it has stayed.
    ///
    /// @param time from when all is done
    /// @param waits called when all is done
    boolean up(TunnelRequest request, Duration time, Runnable waits) throws PlanException, RunException;

    /// Takes the tunnel away. Returns normally when it is gone, also after finding only what a killed run left,
    /// of which a remark tells. The caller has seen to it that there is a WireGuard interface of that name, or
    /// [#hasJournal].
    ///
    /// @throws PlanException when the link that `up` made has left this namespace
    void down(TunnelRequest request) throws PlanException, RunException;

    /// Makes the tunnel what the file says, by the smallest change; the plan that it took.
    Plan reload(TunnelRequest request) throws PlanException, RunException;

    /// [#reload] on trial, as [#up] on trial; it is rolled back without hooks.
    ///
    /// @param waits called with the plan when all is done
    boolean reload(TunnelRequest request, Duration time, Consumer<Plan> waits) throws PlanException, RunException;

    /// Lets what is on trial stay. While the run that is to be confirmed goes on, this waits for its end;
    /// called by one of its hooks, it does not.
    Confirmation confirm(TunnelRequest request) throws RunException;

    /// The plan that [#down] would follow; changes nothing.
    Plan planDown(TunnelRequest request) throws RunException;

    /// The plan that [#reload] would follow; changes nothing.
    Plan planReload(TunnelRequest request) throws PlanException, RunException;
}
