// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.memory;

import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.netlink.route.TableNames;
import io.wgj.quick.model.DeviceChange;
import io.wgj.quick.model.HostLink;
import io.wgj.quick.model.HostSupport;
import io.wgj.quick.model.Plan;
import io.wgj.quick.model.SrcValidMark;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.SystemSnapshot;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.plan.DownPlanner;
import io.wgj.quick.plan.PlanException;
import io.wgj.quick.run.Confirmation;
import io.wgj.quick.run.Environment;
import io.wgj.quick.run.ProgressListener;
import io.wgj.quick.run.RunException;
import io.wgj.quick.run.TunnelRequest;
import io.wgj.quick.run.TunnelRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs that do nothing but ask for what they would need.
public final class MemoryRunner implements TunnelRunner {
    /// `up wg0`, `down wg0`, …
    public final List<String> runs = new ArrayList<>();
    /// What devices would have got.
    public final List<DeviceUpdate> updates = new ArrayList<>();

    public final List<HostLink> links = new ArrayList<>();
    public final List<Step> done = new ArrayList<>();
    public final List<Step> steps = new ArrayList<>();
    public @Nullable ProgressListener listener;
    public @Nullable Environment environment;
    public @Nullable RunException failure;
    public @Nullable PlanException impossible;
    public boolean journal;
    public boolean unfinished;
    public boolean confirmed;
    public Confirmation confirmation = Confirmation.NOTHING_WAITS;
    public OptionalInt chosenPort = OptionalInt.empty();
    public HostSupport support = new HostSupport(true, Optional.empty(), true, Optional.empty(), "");

    @Override
    public SystemSnapshot inspect(Tunnel tunnel, Collection<IpAddress> endpoints) {
        return new SystemSnapshot(
                links,
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Set.of(),
                new SrcValidMark("0", false),
                TableNames.STANDARD,
                List.of(),
                support);
    }

    @Override
    public List<Step> done(Tunnel tunnel, SystemSnapshot snapshot) {
        return done;
    }

    @Override
    public OptionalInt chosenPort(InterfaceName link) {
        return chosenPort;
    }

    @Override
    public void up(TunnelRequest job) throws PlanException, RunException {
        run("up", job);
        updates.add(job.configuration().resolve());
    }

    @Override
    public void down(TunnelRequest job) throws RunException {
        runs.add("down " + job.tunnel().link());
        fail();
        if (job.tunnel().section().saveConfig()) {
            job.saver().save(job.tunnel().link());
        }
    }

    @Override
    public Plan reload(TunnelRequest job) throws PlanException, RunException {
        run("reload", job);
        job.configuration().wanted(States.empty("wg0"), Set.of());
        return new Plan(List.of(), List.of("a note"));
    }

    @Override
    public boolean up(TunnelRequest job, Duration time, Runnable waits) throws PlanException, RunException {
        up(job);
        waits.run();
        runs.add(confirmed ? "stay" : "roll back");
        return confirmed;
    }

    @Override
    public boolean reload(TunnelRequest job, Duration time, Consumer<Plan> waits) throws PlanException, RunException {
        waits.accept(reload(job));
        runs.add(confirmed ? "stay" : "roll back");
        return confirmed;
    }

    @Override
    public Confirmation confirm(TunnelRequest job) throws RunException {
        runs.add("confirm " + job.tunnel().link());
        fail();
        return confirmation;
    }

    @Override
    public boolean isUnfinished(InterfaceName link) {
        return unfinished;
    }

    @Override
    public Plan planDown(TunnelRequest job) {
        return DownPlanner.down(job.tunnel(), inspect(job.tunnel(), List.of()), done);
    }

    @Override
    public Plan planReload(TunnelRequest job) throws PlanException, RunException {
        run("plan reload", job);
        DeviceChange change = new DeviceChange(job.configuration().resolve(), States.empty("wg0"), false);
        return new Plan(List.of(new Step.ReloadDevice(job.tunnel().link(), Optional.of(change))), List.of());
    }

    @Override
    public boolean hasJournal(InterfaceName link) {
        return journal;
    }

    private void run(String what, TunnelRequest job) throws PlanException, RunException {
        runs.add(what + " " + job.tunnel().link());
        if (impossible != null) {
            throw impossible;
        }
        if (listener != null) {
            listener.steps(steps);
        }
        fail();
    }

    private void fail() throws RunException {
        if (failure != null) {
            throw failure;
        }
    }
}
