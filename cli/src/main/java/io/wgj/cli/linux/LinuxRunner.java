// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.linux;

import io.wgj.cli.host.TunnelRunner;
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

/// Runs tunnels on this machine.
public record LinuxRunner(QuickRun run) implements TunnelRunner {
    @Override
    public SystemSnapshot inspect(Tunnel tunnel, Collection<IpAddress> endpoints) throws RunException {
        return run.inspect(tunnel, endpoints);
    }

    @Override
    public List<Step> done(Tunnel tunnel, SystemSnapshot snapshot) throws RunException {
        return run.done(tunnel, snapshot);
    }

    @Override
    public OptionalInt chosenPort(InterfaceName link) throws RunException {
        return run.chosenPort(link);
    }

    @Override
    public void up(TunnelRequest job) throws PlanException, RunException {
        run.up(job);
    }

    @Override
    public boolean up(TunnelRequest job, Duration time, Runnable waits) throws PlanException, RunException {
        return run.up(job, time, waits);
    }

    @Override
    public void down(TunnelRequest job) throws PlanException, RunException {
        run.down(job);
    }

    @Override
    public Plan reload(TunnelRequest job) throws PlanException, RunException {
        return run.reload(job);
    }

    @Override
    public boolean reload(TunnelRequest job, Duration time, Consumer<Plan> waits) throws PlanException, RunException {
        return run.reload(job, time, waits);
    }

    @Override
    public QuickRun.Confirmation confirm(TunnelRequest job) throws RunException {
        return run.confirm(job);
    }

    @Override
    public Plan planDown(TunnelRequest job) throws RunException {
        return run.planDown(job);
    }

    @Override
    public Plan planReload(TunnelRequest job) throws PlanException, RunException {
        return run.planReload(job);
    }

    @Override
    public boolean isUnfinished(InterfaceName link) throws RunException {
        return run.isUnfinished(link);
    }

    @Override
    public boolean hasJournal(InterfaceName link) throws RunException {
        return run.hasJournal(link);
    }
}
