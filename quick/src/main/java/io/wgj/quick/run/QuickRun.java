// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.SystemException;
import io.wgj.quick.journal.Journal;
import io.wgj.quick.journal.JournalException;
import io.wgj.quick.journal.JournalFile;
import io.wgj.quick.journal.JournalWriter;
import io.wgj.quick.journal.Journals;
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
    private final ProgressListener listener;
    private final String root;

    public QuickRun(Environment environment, ProgressListener listener) {
        this(environment, new LinuxKernel(), listener, Journals.DEFAULT_ROOT);
    }

    /// @param root of the folders of journals and locks
    QuickRun(Environment environment, ProgressListener listener, String root) {
        this(environment, new LinuxKernel(), listener, root);
    }

    /// @param root of the folders of journals and locks
    public QuickRun(Environment environment, Kernel kernel, ProgressListener listener, String root) {
        this.environment = environment;
        this.kernel = kernel;
        this.listener = listener;
        this.root = root;
    }

    /// What a plan depends on; changes nothing, and needs no privilege but to see keys.
    ///
    /// @param endpoints whose lookups are wanted too, besides those of the device that is there
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
            Optional<Journal> content = state().present(link);
            return content.isPresent() ? content.get().chosenPort() : OptionalInt.empty();
        } catch (JournalException e) {
            throw broken(e);
        }
    }

    /// Whether `up` has to clear something away before the interface counts as up: what a killed one left, or a
    /// trial that nobody confirmed.
    public boolean isUnfinished(InterfaceName link) throws RunException {
        try {
            Optional<Journal> content = state().present(link);
            if (content.isEmpty()) {
                return false;
            }
            Optional<Journal.OnTrial> trial = content.get().waiting();
            return content.get().isHalfMade()
                    || trial.isPresent() && trial.get().isOver(ConfirmedRun.now());
        } catch (JournalException e) {
            throw broken(e);
        }
    }

    /// Whether a run of the present boot has left a journal for the interface in this namespace.
    public boolean hasJournal(InterfaceName link) throws RunException {
        try {
            return state().present(link).isPresent();
        } catch (JournalException e) {
            throw broken(e);
        }
    }

    /// Brings the tunnel up.
    ///
    /// @throws PlanException when there is no way (``IF' already exists`, …); as with `RunException`, nothing
    ///     is left of what was done
    public void up(TunnelRequest request) throws PlanException, RunException {
        try (Interruption interruption = Interruption.install();
                RunContext context = context(request, interruption);
                RunLock _ = context.lock()) {
            endTrial(request, interruption);
            new UpRun(context, Optional.empty()).run();
        }
    }

    /// [#up] on trial: goes down again, hooks and all, unless [#confirm] comes in time. A signal ends the trial
    /// at once, and so do a `down` and an `up` of others. Whether it has stayed.
    ///
    /// @param time from when all is done
    /// @param waits called when all is done
    public boolean up(TunnelRequest request, Duration time, Runnable waits) throws PlanException, RunException {
        ConfirmedRun trial = ConfirmedRun.of(time);
        try (Interruption interruption = Interruption.install()) {
            try (RunContext context = context(request, interruption);
                    RunLock _ = context.lock()) {
                endTrial(request, interruption);
                refuseSecondTrial(request, true);
                new UpRun(context, Optional.of(trial)).run();
            }
            waits.run();
            await(trial, request, interruption);
            interruption.ignore(true);
            try (RunContext context = context(request, interruption);
                    RunLock _ = context.lock()) {
                ConfirmedRun.State end = end(trial, request);
                if (end == ConfirmedRun.State.OPEN) {
                    new DownRun(context, true).run();
                }
                return end == ConfirmedRun.State.KEPT;
            }
        }
    }

    /// Takes the tunnel away. Returns normally when it is gone, also after finding only what a killed run left,
    /// of which a remark tells. The caller has seen to it that there is a WireGuard interface of that name, or
    /// [#hasJournal].
    ///
    /// @throws PlanException when the link that `up` made has left this namespace
    public void down(TunnelRequest request) throws PlanException, RunException {
        try (Interruption interruption = Interruption.install();
                RunContext context = context(request, interruption);
                RunLock _ = context.lock()) {
            new DownRun(context).run();
        }
    }

    /// Makes the tunnel what the file says, by the smallest change; the plan that it took.
    public Plan reload(TunnelRequest request) throws PlanException, RunException {
        try (Interruption interruption = Interruption.install();
                RunContext context = context(request, interruption);
                RunLock _ = context.lock()) {
            endTrial(request, interruption);
            refuseSecondTrial(request, false);
            return new ReloadRun(context).run(Optional.empty());
        }
    }

    /// [#reload] on trial, as [#up] on trial; it is rolled back without hooks.
    ///
    /// @param waits called with the plan when all is done
    public boolean reload(TunnelRequest request, Duration time, Consumer<Plan> waits)
            throws PlanException, RunException {
        ConfirmedRun trial = ConfirmedRun.of(time);
        try (Interruption interruption = Interruption.install();
                RunContext context = context(request, interruption)) {
            ReloadRun run = new ReloadRun(context);
            Plan plan;
            try (RunLock _ = context.lock()) {
                endTrial(request, interruption);
                refuseSecondTrial(request, true);
                plan = run.run(Optional.of(trial));
            }
            waits.accept(plan);
            await(trial, request, interruption);
            interruption.ignore(true);
            try (RunLock _ = context.lock()) {
                ConfirmedRun.State end = end(trial, request);
                if (end == ConfirmedRun.State.OPEN) {
                    run.rollBack();
                }
                return end == ConfirmedRun.State.KEPT;
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
    public Confirmation confirm(TunnelRequest request) throws RunException {
        InterfaceName link = request.tunnel().link();
        try {
            Journals state = state();
            state.make();
            try (RunLock lock = RunLock.open(state.lockFile(link))) {
                boolean inHook = lock.acquireUnlessAncestors(new Interruption(), listener)
                        .isPresent();
                Optional<Journal> content = state.present(link);
                Optional<Journal.OnTrial> trial =
                        content.isPresent() ? content.get().waiting() : Optional.empty();
                if (trial.isEmpty() || trial.get().until().isEmpty() && !inHook) {
                    return Confirmation.NOTHING_WAITS;
                }
                if (trial.get().isOver(ConfirmedRun.now())) {
                    return Confirmation.TOO_LATE;
                }
                try (JournalFile file = state.file(link)) {
                    new JournalWriter(file, state.boot()).decided();
                }
                return Confirmation.KEPT;
            }
        } catch (UnwritableException _) {
            return Confirmation.NOTHING_WAITS;
        } catch (JournalException e) {
            throw broken(e);
        }
    }

    private void await(ConfirmedRun trial, TunnelRequest request, Interruption interruption) throws RunException {
        try {
            trial.await(state(), request.tunnel().link(), interruption);
        } catch (JournalException e) {
            throw broken(e);
        }
    }

    /// How it ended, which is reported unless it was kept. The caller holds the interface's lock.
    private ConfirmedRun.State end(ConfirmedRun trial, TunnelRequest request) throws RunException {
        ConfirmedRun.State state = state(trial, request);
        if (state == ConfirmedRun.State.OPEN) {
            listener.remark("`" + request.tunnel().link() + "' was not confirmed: rolling back");
        } else if (state == ConfirmedRun.State.ENDED) {
            listener.remark("`" + request.tunnel().link() + "' was taken down meanwhile: nothing to roll back");
        }
        return state;
    }

    private ConfirmedRun.State state(ConfirmedRun trial, TunnelRequest request) throws RunException {
        try {
            return trial.state(state(), request.tunnel().link());
        } catch (JournalException e) {
            throw broken(e);
        }
    }

    /// Takes down what a killed process left on trial, once its time is over. A reload on trial is left to the
    /// next run: a reload brings what the file says, and `down` removes all. The caller holds the interface's
    /// lock.
    private void endTrial(TunnelRequest request, Interruption interruption) throws PlanException, RunException {
        Optional<Journal.OnTrial> trial = waiting(request);
        if (trial.isPresent()
                && trial.get().isOver(ConfirmedRun.now())
                && !trial.get().reload()) {
            listener.remark("`" + request.tunnel().link() + "' was not confirmed in time: rolling back");
            try (RunContext context = context(request, interruption)) {
                new DownRun(context, true).run();
            }
        }
    }

    /// @param onTrial whether the new run is one too; else only a reload on trial is in the way, whose way back would
    /// no
    ///     longer fit
    private void refuseSecondTrial(TunnelRequest request, boolean onTrial) throws PlanException, RunException {
        Optional<Journal.OnTrial> trial = waiting(request);
        if (trial.isPresent()
                && !trial.get().isOver(ConfirmedRun.now())
                && (onTrial || trial.get().reload())) {
            InterfaceName link = request.tunnel().link();
            listener.remark("`confirm " + link + "' keeps what is, `down " + link + "' takes it down");
            throw new PlanException(1, "`" + link + "' waits for a confirmation already");
        }
    }

    /// What waits; empty for a journal that cannot be read, of which the run itself will tell.
    private Optional<Journal.OnTrial> waiting(TunnelRequest request) throws RunException {
        try {
            Optional<Journal> content =
                    state().present(request.tunnel().link());
            return content.isPresent() ? content.get().waiting() : Optional.empty();
        } catch (JournalException _) {
            return Optional.empty();
        }
    }

    /// The plan that [#down] would follow; changes nothing.
    public Plan planDown(TunnelRequest request) throws RunException {
        try (RunContext context = context(request, new Interruption())) {
            return new DownRun(context).plan();
        }
    }

    /// The plan that [#reload] would follow; changes nothing.
    public Plan planReload(TunnelRequest request) throws PlanException, RunException {
        try (RunContext context = context(request, new Interruption())) {
            return new ReloadRun(context).plan();
        }
    }

    private static TunnelRequest onlyLooking(Tunnel tunnel) {
        return new TunnelRequest(tunnel, "", new TunnelRequest.NoConfiguration(), _ -> {});
    }

    private RunContext context(TunnelRequest request, Interruption interruption) throws RunException {
        try {
            return RunContext.open(request, environment, kernel, listener, interruption, state());
        } catch (JournalException e) {
            throw broken(e);
        }
    }

    private Journals state() throws JournalException {
        try {
            return Journals.of(root, Namespaces.networkCookie());
        } catch (SystemException e) {
            throw new JournalException("the network namespace has no number: " + e.getMessage());
        }
    }

    static RunException broken(JournalException e) {
        return new RunException(1, String.valueOf(e.getMessage()));
    }
}
