// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.SystemException;
import io.wgj.quick.plan.Plan;
import io.wgj.quick.plan.PlanException;
import io.wgj.quick.plan.Step;
import io.wgj.quick.plan.SystemSnapshot;
import io.wgj.quick.plan.Tunnel;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/// Brings tunnels up, down and up to date, in the calling thread's network namespace. One run for an interface at a
/// time: a second one waits for the first.
public final class QuickRun {
    private final Environment environment;
    private final Kernel kernel;
    private final Narrator narrator;
    private final String root;

    public QuickRun(Environment environment, Narrator narrator) {
        this(environment, new LinuxKernel(), narrator, StateFolder.DEFAULT_ROOT);
    }

    /// @param root of the folders of journals and locks
    QuickRun(Environment environment, Narrator narrator, String root) {
        this(environment, new LinuxKernel(), narrator, root);
    }

    /// @param root of the folders of journals and locks
    public QuickRun(Environment environment, Kernel kernel, Narrator narrator, String root) {
        this.environment = environment;
        this.kernel = kernel;
        this.narrator = narrator;
        this.root = root;
    }

    /// What a plan depends on; changes nothing, and needs no privilege but to see keys.
    ///
    /// @param endpoints whose ways are wanted too, besides those of the device that is there
    public SystemSnapshot inspect(Tunnel tunnel, Collection<IpAddress> endpoints) throws RunException {
        try (RunContext context = context(onlyLooking(tunnel), new Interruption())) {
            return context.inspector().full(tunnel, endpoints);
        }
    }

    /// What `up` did and what is left of it, by the journal, or, without one, by what is to be seen.
    public List<Step> done(Tunnel tunnel, SystemSnapshot snapshot) throws RunException {
        try (RunContext context = context(onlyLooking(tunnel), new Interruption())) {
            return context.done(snapshot);
        }
    }

    /// The port that the device chose when `up` found none in its file; empty when that is not in the journal.
    public OptionalInt chosenPort(InterfaceName link) throws RunException {
        try {
            Optional<JournalContent> content = Records.present(state(), link);
            return content.isPresent() ? content.get().chosenPort() : OptionalInt.empty();
        } catch (JournalException e) {
            throw broken(e);
        }
    }

    /// Whether a run of the present boot has left a journal for the interface in this namespace.
    public boolean hasJournal(InterfaceName link) throws RunException {
        try {
            return Records.present(state(), link).isPresent();
        } catch (JournalException e) {
            throw broken(e);
        }
    }

    /// Brings the tunnel up.
    ///
    /// @throws PlanException when there is no way (``IF' already exists`, …); as with `RunException`, nothing
    ///     is left of what was done
    public void up(Job job) throws PlanException, RunException {
        try (Interruption interruption = Interruption.install();
                RunContext context = context(job, interruption);
                RunLock _ = lock(context, interruption)) {
            new UpRun(context).run();
        }
    }

    /// Takes the tunnel away. Returns normally when it is gone, also after finding only what a killed run left,
    /// of which a remark tells. The caller has seen to it that there is a WireGuard interface of that name, or
    /// [#hasJournal].
    public void down(Job job) throws RunException {
        try (Interruption interruption = Interruption.install();
                RunContext context = context(job, interruption);
                RunLock _ = lock(context, interruption)) {
            new DownRun(context).run();
        }
    }

    /// Makes the tunnel what the file says, by the smallest change; the plan that it took.
    public Plan reload(Job job) throws PlanException, RunException {
        try (Interruption interruption = Interruption.install();
                RunContext context = context(job, interruption);
                RunLock _ = lock(context, interruption)) {
            return new ReloadRun(context).run();
        }
    }

    /// [#reload] on trial: takes it back unless `stays`, asked when all is done, says otherwise. Whether it has
    /// stayed.
    public boolean reload(Job job, Predicate<Plan> stays) throws PlanException, RunException {
        try (Interruption interruption = Interruption.install();
                RunContext context = context(job, interruption);
                RunLock _ = lock(context, interruption)) {
            return new ReloadRun(context).tryOut(stays);
        }
    }

    /// The plan that [#reload] would follow; changes nothing.
    public Plan planReload(Job job) throws PlanException, RunException {
        try (RunContext context = context(job, new Interruption())) {
            return new ReloadRun(context).plan();
        }
    }

    private static Job onlyLooking(Tunnel tunnel) {
        return new Job(tunnel, "", new Job.NoConfiguration(), () -> {});
    }

    private RunContext context(Job job, Interruption interruption) throws RunException {
        try {
            return RunContext.open(job, environment, kernel, narrator, interruption, state());
        } catch (JournalException e) {
            throw broken(e);
        }
    }

    private StateFolder state() throws JournalException {
        try {
            return StateFolder.of(root, Namespaces.networkCookie());
        } catch (SystemException e) {
            throw new JournalException("the network namespace has no number: " + e.getMessage());
        }
    }

    private static RunLock lock(RunContext context, Interruption interruption) throws RunException {
        try {
            context.state().make();
            RunLock lock = context.state().lock(context.link());
            lock.acquire(interruption);
            return lock;
        } catch (JournalException e) {
            throw broken(e);
        }
    }

    static RunException broken(JournalException e) {
        return new RunException(1, String.valueOf(e.getMessage()));
    }
}
