// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.host;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.quick.model.Plan;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.SystemSnapshot;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.plan.PlanException;
import io.wgj.quick.run.QuickRun;
import io.wgj.quick.run.RunException;
import io.wgj.quick.run.TunnelRequest;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// The port to `io.wgj.quick.run`: tests run the commands without a system. [io.wgj.quick.run.QuickRun] documents the
/// methods.
public interface TunnelRunner {
    SystemSnapshot inspect(Tunnel tunnel, Collection<IpAddress> endpoints) throws RunException;

    List<Step> done(Tunnel tunnel, SystemSnapshot snapshot) throws RunException;

    OptionalInt chosenPort(InterfaceName link) throws RunException;

    void up(TunnelRequest job) throws PlanException, RunException;

    boolean up(TunnelRequest job, Duration time, Runnable waits) throws PlanException, RunException;

    void down(TunnelRequest job) throws PlanException, RunException;

    Plan reload(TunnelRequest job) throws PlanException, RunException;

    boolean reload(TunnelRequest job, Duration time, Consumer<Plan> waits) throws PlanException, RunException;

    QuickRun.Confirmation confirm(TunnelRequest job) throws RunException;

    Plan planDown(TunnelRequest job) throws RunException;

    Plan planReload(TunnelRequest job) throws PlanException, RunException;

    boolean isUnfinished(InterfaceName link) throws RunException;

    boolean hasJournal(InterfaceName link) throws RunException;
}
