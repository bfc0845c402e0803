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
import io.wgj.quick.journal.TrialFile;
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

/// Runs tunnels in the calling thread's network namespace. A second run for the same interface waits for the
/// first.
public final class QuickRun implements TunnelRunner {
    private final Environment environment;
    private final Kernel kernel;
    private final ProgressListener listener;
    private final String root;

    public QuickRun(Environment environment, ProgressListener listener) {
        this(environment, new LinuxKernel(), listener, Journals.DEFAULT_ROOT);
    }

    /// @param root of the folders of journals and locks
    public QuickRun(Environment environment, Kernel kernel, ProgressListener listener, String root) {
        this.environment = environment;
        this.kernel = kernel;
        this.listener = listener;
        this.root = root;
    }

    @Override
    public SystemSnapshot inspect(Tunnel tunnel, Collection<IpAddress> endpoints) throws RunException {
        try (RunContext context = context(onlyLooking(tunnel), new Interruption())) {
            return context.inspector().full(tunnel, endpoints);
        }
    }

    @Override
    public List<Step> done(Tunnel tunnel, SystemSnapshot snapshot) throws RunException {
        try (RunContext context = context(onlyLooking(tunnel), new Interruption())) {
            return context.done(snapshot);
        }
    }

    @Override
    public OptionalInt chosenPort(InterfaceName link) throws RunException {
        try {
            Optional<Journal> content = state().present(link);
            return content.isPresent() ? content.get().chosenPort() : OptionalInt.empty();
        } catch (JournalException e) {
            throw broken(e);
        }
    }

    @Override
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

    @Override
    public boolean hasJournal(InterfaceName link) throws RunException {
        try {
            return state().present(link).isPresent();
        } catch (JournalException e) {
            throw broken(e);
        }
    }

    @Override
    public void up(TunnelRequest request) throws PlanException, RunException {
        try (Interruption interruption = Interruption.install();
                RunContext context = context(request, interruption);
                RunLock _ = context.lock()) {
            endTrial(request, context.state(), interruption);
            new UpRun(context, Optional.empty()).run();
        }
    }

    @Override
    public boolean up(TunnelRequest request, Duration time, Runnable waits) throws PlanException, RunException {
        ConfirmedRun trial = ConfirmedRun.of(time);
        try (Interruption interruption = Interruption.install()) {
            try (RunContext context = context(request, interruption);
                    RunLock _ = context.lock()) {
                endTrial(request, context.state(), interruption);
                refuseSecondTrial(request, context.state(), true);
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

    @Override
    public void down(TunnelRequest request) throws PlanException, RunException {
        try (Interruption interruption = Interruption.install();
                RunContext context = context(request, interruption);
                RunLock _ = context.lock()) {
            endReload(request, context.state(), interruption);
            new DownRun(context).run();
        }
    }

    @Override
    public Plan reload(TunnelRequest request) throws PlanException, RunException {
        try (Interruption interruption = Interruption.install();
                RunContext context = context(request, interruption);
                RunLock _ = context.lock()) {
            endTrial(request, context.state(), interruption);
            refuseSecondTrial(request, context.state(), false);
            return new ReloadRun(context).run(Optional.empty());
        }
    }

    @Override
    public boolean reload(TunnelRequest request, Duration time, Consumer<Plan> waits)
            throws PlanException, RunException {
        ConfirmedRun trial = ConfirmedRun.of(time);
        try (Interruption interruption = Interruption.install();
                RunContext context = context(request, interruption)) {
            ReloadRun run = new ReloadRun(context);
            Plan plan;
            try (RunLock _ = context.lock()) {
                endTrial(request, context.state(), interruption);
                refuseSecondTrial(request, context.state(), true);
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

    @Override
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
                // A reload sets its time when it begins, and anew when all its steps are performed.
                boolean waits = trial.isPresent()
                        && trial.get().until().isPresent()
                        && (!trial.get().reload()
                                || content.get().complete()
                                || content.get().interruptedRoutes());
                if (trial.isEmpty() || !waits && !inHook) {
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

    /// The state of the run after its wait; reports any but a confirmed one. The caller holds the interface's
    /// lock.
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

    /// Rolls back an `up --confirm` or `reload --confirm` that was killed, once its time is over. The caller holds
    /// the interface's lock.
    private void endTrial(TunnelRequest request, Journals state, Interruption interruption)
            throws PlanException, RunException {
        Optional<Journal.OnTrial> trial = waiting(request, state);
        if (trial.isEmpty() || !trial.get().isOver(ConfirmedRun.now())) {
            return;
        }
        if (trial.get().reload()) {
            endReload(request, state, interruption, trial.get());
            return;
        }
        remarkOverdue(request);
        try (RunContext context = context(request, interruption)) {
            new DownRun(context, true).run();
        }
    }

    private void remarkOverdue(TunnelRequest request) {
        listener.remark("`" + request.tunnel().link() + "' was not confirmed in time: rolling back");
    }

    /// Where the device could not be kept, the next reload applies the file.
    private void endReload(TunnelRequest request, Journals state, Interruption interruption, Journal.OnTrial trial)
            throws PlanException, RunException {
        Optional<TrialFile.Content> kept;
        try {
            kept = OverdueTrials.kept(state, request.tunnel().link(), trial.number());
        } catch (JournalException e) {
            throw broken(e);
        }
        if (kept.isEmpty()) {
            return;
        }
        remarkOverdue(request);
        try (RunContext context = context(request, interruption)) {
            if (context.isLink()) {
                new ReloadRun(context).rollBackKilled(kept.get());
            }
        }
    }

    /// Before a tunnel goes down: `SaveConfig` must not save what was not confirmed.
    private void endReload(TunnelRequest request, Journals state, Interruption interruption)
            throws PlanException, RunException {
        Optional<Journal.OnTrial> trial = waiting(request, state);
        if (trial.isPresent() && trial.get().reload() && trial.get().isOver(ConfirmedRun.now())) {
            endReload(request, state, interruption, trial.get());
        }
    }

    /// @param onTrial whether the new run has to be confirmed too. Otherwise only a reload that waits is
    ///     refused, because its rollback would no longer fit
    private void refuseSecondTrial(TunnelRequest request, Journals state, boolean onTrial) throws PlanException {
        Optional<Journal.OnTrial> trial = waiting(request, state);
        if (trial.isPresent()
                && !trial.get().isOver(ConfirmedRun.now())
                && (onTrial || trial.get().reload())) {
            InterfaceName link = request.tunnel().link();
            listener.remark("`confirm " + link + "' keeps what is, `down " + link + "' takes it down");
            throw new PlanException(1, "`" + link + "' waits for a confirmation already");
        }
    }

    /// The run that waits for a confirmation. Empty for a journal that cannot be read, which the run itself
    /// reports.
    private static Optional<Journal.OnTrial> waiting(TunnelRequest request, Journals state) {
        try {
            Optional<Journal> content = state.present(request.tunnel().link());
            return content.isPresent() ? content.get().waiting() : Optional.empty();
        } catch (JournalException _) {
            return Optional.empty();
        }
    }

    @Override
    public Plan planDown(TunnelRequest request) throws RunException {
        try (RunContext context = context(request, new Interruption())) {
            return new DownRun(context).plan();
        }
    }

    @Override
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
