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
    /// Captures the host state that a plan depends on. Changes nothing, and needs no privilege except for
    /// keys.
    ///
    /// @param endpoints to look up in addition to those of the present device
    SystemSnapshot inspect(Tunnel tunnel, Collection<IpAddress> endpoints) throws RunException;

    /// The steps that `up` took, from the journal or, without one, from the host.
    List<Step> done(Tunnel tunnel, SystemSnapshot snapshot) throws RunException;

    /// The port that the device chose because its file named none; empty when the journal does not have it.
    OptionalInt chosenPort(InterfaceName link) throws RunException;

    /// Whether an earlier `up` was killed or not confirmed in time, so that the interface does not count as
    /// up.
    boolean isUnfinished(InterfaceName link) throws RunException;

    /// Whether a run of the present boot has left a journal for the interface in this namespace.
    boolean hasJournal(InterfaceName link) throws RunException;

    /// Brings the tunnel up.
    ///
    /// @throws PlanException when it is not possible (``IF' already exists`, …). As with `RunException`,
    ///     everything that was done is undone
    void up(TunnelRequest request) throws PlanException, RunException;

    /// Brings the tunnel up, and takes it down again, with its hooks, unless [#confirm] comes in time. A
    /// signal, a `down` or another `up` ends the wait at once. Returns whether it was confirmed.
    ///
    /// @param time counts from when all steps are performed
    /// @param waits called when all steps are performed
    boolean up(TunnelRequest request, Duration time, Runnable waits) throws PlanException, RunException;

    /// Takes the tunnel down. Returns normally when it is gone, also if only the rest of a killed run was
    /// left, which is reported. The caller has checked that there is a WireGuard interface of that name, or
    /// [#hasJournal].
    ///
    /// @throws PlanException when the link that `up` made has left this namespace
    void down(TunnelRequest request) throws PlanException, RunException;

    /// Changes the tunnel to what the file says, by the smallest change. Returns the plan that was performed.
    Plan reload(TunnelRequest request) throws PlanException, RunException;

    /// Reloads the tunnel, and rolls back without hooks unless [#confirm] comes in time. Returns whether it
    /// was confirmed.
    ///
    /// @param waits called with the plan when all steps are performed
    boolean reload(TunnelRequest request, Duration time, Consumer<Plan> waits) throws PlanException, RunException;

    /// Confirms the run that waits. While that run goes on, this waits for its end, unless one of its hooks
    /// has called it.
    Confirmation confirm(TunnelRequest request) throws RunException;

    /// The plan that [#down] would perform. Changes nothing.
    Plan planDown(TunnelRequest request) throws RunException;

    /// The plan that [#reload] would perform. Changes nothing.
    Plan planReload(TunnelRequest request) throws PlanException, RunException;
}
