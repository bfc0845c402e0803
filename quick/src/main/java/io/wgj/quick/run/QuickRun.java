// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.SystemException;
import io.wgj.quick.journal.Journal;
import io.wgj.quick.journal.JournalContent;
import io.wgj.quick.journal.JournalException;
import io.wgj.quick.journal.JournalFile;
import io.wgj.quick.journal.Records;
import io.wgj.quick.journal.StateFolder;
import io.wgj.quick.journal.UnwritableException;
import io.wgj.quick.model.Plan;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.SystemSnapshot;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.plan.PlanException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

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

    /// Whether `up` has to clear something away before the interface counts as up: what a killed one left, or a
    /// trial that nobody confirmed.
    public boolean isUnfinished(InterfaceName link) throws RunException {
        try {
            Optional<JournalContent> content = Records.present(state(), link);
            if (content.isEmpty()) {
                return false;
            }
            Optional<JournalContent.OnTrial> trial = content.get().waiting();
            return content.get().isHalfMade()
                    || trial.isPresent() && trial.get().isOver(Trial.now());
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
                RunLock _ = context.lock()) {
            endTrial(job, interruption);
            new UpRun(context, Optional.empty()).run();
        }
    }

    /// [#up] on trial: goes down again, hooks and all, unless [#confirm] comes in time. A signal ends the trial
    /// at once, and so do a `down` and an `up` of others. Whether it has stayed.
    ///
    /// @param time from when all is done
    /// @param waits called when all is done
    public boolean up(Job job, Duration time, Runnable waits) throws PlanException, RunException {
        Trial trial = Trial.of(time);
        try (Interruption interruption = Interruption.install()) {
            try (RunContext context = context(job, interruption);
                    RunLock _ = context.lock()) {
                endTrial(job, interruption);
                refuseSecondTrial(job, true);
                new UpRun(context, Optional.of(trial)).run();
            }
            waits.run();
            await(trial, job, interruption);
            interruption.ignore(true);
            try (RunContext context = context(job, interruption);
                    RunLock _ = context.lock()) {
                Trial.State end = end(trial, job);
                if (end == Trial.State.OPEN) {
                    new DownRun(context, true).run();
                }
                return end == Trial.State.KEPT;
            }
        }
    }

    /// Takes the tunnel away. Returns normally when it is gone, also after finding only what a killed run left,
    /// of which a remark tells. The caller has seen to it that there is a WireGuard interface of that name, or
    /// [#hasJournal].
    ///
    /// @throws PlanException when the link that `up` made has left this namespace
    public void down(Job job) throws PlanException, RunException {
        try (Interruption interruption = Interruption.install();
                RunContext context = context(job, interruption);
                RunLock _ = context.lock()) {
            new DownRun(context).run();
        }
    }

    /// Makes the tunnel what the file says, by the smallest change; the plan that it took.
    public Plan reload(Job job) throws PlanException, RunException {
        try (Interruption interruption = Interruption.install();
                RunContext context = context(job, interruption);
                RunLock _ = context.lock()) {
            endTrial(job, interruption);
            refuseSecondTrial(job, false);
            return new ReloadRun(context).run(Optional.empty());
        }
    }

    /// [#reload] on trial, as [#up] on trial; it is rolled back without hooks.
    ///
    /// @param waits called with the plan when all is done
    public boolean reload(Job job, Duration time, Consumer<Plan> waits) throws PlanException, RunException {
        Trial trial = Trial.of(time);
        try (Interruption interruption = Interruption.install();
                RunContext context = context(job, interruption)) {
            ReloadRun run = new ReloadRun(context);
            Plan plan;
            try (RunLock _ = context.lock()) {
                endTrial(job, interruption);
                refuseSecondTrial(job, true);
                plan = run.run(Optional.of(trial));
            }
            waits.accept(plan);
            await(trial, job, interruption);
            interruption.ignore(true);
            try (RunLock _ = context.lock()) {
                Trial.State end = end(trial, job);
                if (end == Trial.State.OPEN) {
                    run.rollBack();
                }
                return end == Trial.State.KEPT;
            }
        }
    }

    /// What became of a confirmation.
    public enum Confirmation {
        KEPT,
        /// The time is over, and all is about to be rolled back.
        TOO_LATE,
        NOTHING_WAITS
    }

    /// Lets what is on trial stay. While the run that is to be confirmed goes on, this waits for its end;
    /// called by one of its hooks, it does not.
    public Confirmation confirm(Job job) throws RunException {
        InterfaceName link = job.tunnel().link();
        try {
            StateFolder state = state();
            state.make();
            try (RunLock lock = RunLock.open(state.lockFile(link))) {
                boolean inHook = lock.acquireUnlessAncestors(new Interruption(), narrator)
                        .isPresent();
                Optional<JournalContent> content = Records.present(state, link);
                Optional<JournalContent.OnTrial> trial =
                        content.isPresent() ? content.get().waiting() : Optional.empty();
                if (trial.isEmpty() || trial.get().until().isEmpty() && !inHook) {
                    return Confirmation.NOTHING_WAITS;
                }
                if (trial.get().isOver(Trial.now())) {
                    return Confirmation.TOO_LATE;
                }
                try (JournalFile file = state.journal(link)) {
                    new Journal(file, state.boot()).decided();
                }
                return Confirmation.KEPT;
            }
        } catch (UnwritableException _) {
            return Confirmation.NOTHING_WAITS;
        } catch (JournalException e) {
            throw broken(e);
        }
    }

    private void await(Trial trial, Job job, Interruption interruption) throws RunException {
        try {
            trial.await(state(), job.tunnel().link(), interruption);
        } catch (JournalException e) {
            throw broken(e);
        }
    }

    /// How it ended, which is reported unless it was kept. The caller holds the interface's lock.
    private Trial.State end(Trial trial, Job job) throws RunException {
        Trial.State state = state(trial, job);
        if (state == Trial.State.OPEN) {
            narrator.remark("`" + job.tunnel().link() + "' was not confirmed: rolling back");
        } else if (state == Trial.State.ENDED) {
            narrator.remark("`" + job.tunnel().link() + "' was taken down meanwhile: nothing to roll back");
        }
        return state;
    }

    private Trial.State state(Trial trial, Job job) throws RunException {
        try {
            return trial.state(state(), job.tunnel().link());
        } catch (JournalException e) {
            throw broken(e);
        }
    }

    /// Takes down what a killed process left on trial, once its time is over. A reload on trial is left to the
    /// next run: a reload brings what the file says, and `down` removes all. The caller holds the interface's
    /// lock.
    private void endTrial(Job job, Interruption interruption) throws PlanException, RunException {
        Optional<JournalContent.OnTrial> trial = waiting(job);
        if (trial.isPresent() && trial.get().isOver(Trial.now()) && !trial.get().reload()) {
            narrator.remark("`" + job.tunnel().link() + "' was not confirmed in time: rolling back");
            try (RunContext context = context(job, interruption)) {
                new DownRun(context, true).run();
            }
        }
    }

    /// @param onTrial whether the new run is one too; else only a reload on trial is in the way, whose way back would
    /// no
    ///     longer fit
    private void refuseSecondTrial(Job job, boolean onTrial) throws PlanException, RunException {
        Optional<JournalContent.OnTrial> trial = waiting(job);
        if (trial.isPresent()
                && !trial.get().isOver(Trial.now())
                && (onTrial || trial.get().reload())) {
            InterfaceName link = job.tunnel().link();
            narrator.remark("`confirm " + link + "' keeps what is, `down " + link + "' takes it down");
            throw new PlanException(1, "`" + link + "' waits for a confirmation already");
        }
    }

    /// What waits; empty for a journal that cannot be read, of which the run itself will tell.
    private Optional<JournalContent.OnTrial> waiting(Job job) throws RunException {
        try {
            Optional<JournalContent> content =
                    Records.present(state(), job.tunnel().link());
            return content.isPresent() ? content.get().waiting() : Optional.empty();
        } catch (JournalException _) {
            return Optional.empty();
        }
    }

    /// The plan that [#down] would follow; changes nothing.
    public Plan planDown(Job job) throws RunException {
        try (RunContext context = context(job, new Interruption())) {
            return new DownRun(context).plan();
        }
    }

    /// The plan that [#reload] would follow; changes nothing.
    public Plan planReload(Job job) throws PlanException, RunException {
        try (RunContext context = context(job, new Interruption())) {
            return new ReloadRun(context).plan();
        }
    }

    private static Job onlyLooking(Tunnel tunnel) {
        return new Job(tunnel, "", new Job.NoConfiguration(), _ -> {});
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

    static RunException broken(JournalException e) {
        return new RunException(1, String.valueOf(e.getMessage()));
    }
}
