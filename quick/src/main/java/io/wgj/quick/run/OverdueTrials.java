// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.SystemException;
import io.wgj.quick.journal.Journal;
import io.wgj.quick.journal.JournalException;
import io.wgj.quick.journal.Journals;
import io.wgj.quick.journal.TrialFile;
import io.wgj.quick.plan.PlanException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds runs with `--confirm` whose time is over and whose process was killed before it could roll them back.
public final class OverdueTrials {
    private final Environment environment;
    private final Kernel kernel;
    private final ProgressListener listener;
    private final String root;

    public OverdueTrials(Environment environment, ProgressListener listener) {
        this(environment, new LinuxKernel(), listener, Journals.DEFAULT_ROOT);
    }

    /// @param root of the folders of journals and locks
    public OverdueTrials(Environment environment, Kernel kernel, ProgressListener listener, String root) {
        this.environment = environment;
        this.kernel = kernel;
        this.listener = listener;
        this.root = root;
    }

    /// A run that was neither confirmed nor rolled back in time.
    ///
    /// @param reload whether it was a `reload`
    /// @param number of the run
    /// @param configFile the file that was applied, a byte a char; empty when it is not known
    /// @param canBeRolledBack false for a reload that could not keep the device before it
    public record Overdue(
            InterfaceName link, boolean reload, long number, String configFile, boolean canBeRolledBack) {}

    /// The overdue runs of the calling thread's network namespace.
    ///
    /// @param graceMillis how long after its time limit the run's own process may take to roll it back
    public List<Overdue> find(long graceMillis) throws RunException {
        List<Overdue> overdue = new ArrayList<>();
        try {
            Journals state = state();
            for (InterfaceName link : state.interfaces()) {
                Optional<Journal> content = content(state, link);
                Optional<Journal.OnTrial> trial = content.flatMap(Journal::waiting);
                if (trial.isPresent() && trial.get().isOver(ConfirmedRun.now() - graceMillis)) {
                    String file = content.flatMap(Journal::configFile).orElse("");
                    boolean possible = !trial.get().reload()
                            || kept(state, link, trial.get().number()).isPresent();
                    overdue.add(
                            new Overdue(link, trial.get().reload(), trial.get().number(), file, possible));
                }
            }
            return overdue;
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        }
    }

    /// A journal that cannot be read is another run's to report.
    private static Optional<Journal> content(Journals state, InterfaceName link) {
        try {
            return state.present(link);
        } catch (JournalException _) {
            return Optional.empty();
        }
    }

    /// What the reload of this number has kept of the device before it.
    static Optional<TrialFile.Content> kept(Journals state, InterfaceName link, long number) throws JournalException {
        return state.trial(link).read().filter(content -> content.number() == number);
    }

    /// Does what the run's own process would have done: takes the tunnel of an `up` down, with its hooks; undoes a
    /// `reload`, without hooks.
    ///
    /// @return false when another run holds the interface's lock, or has decided the trial
    public boolean rollBack(Overdue overdue, TunnelRequest request) throws PlanException, RunException {
        try (Interruption interruption = new Interruption();
                RunContext context = RunContext.open(request, environment, kernel, listener, interruption, state())) {
            Optional<RunLock> lock = context.tryLock();
            if (lock.isEmpty()) {
                return false;
            }
            try (RunLock _ = lock.get()) {
                Optional<Journal.OnTrial> trial =
                        content(context.state(), overdue.link()).flatMap(Journal::waiting);
                // A run that has just ended has set its time anew.
                if (trial.isEmpty()
                        || trial.get().number() != overdue.number()
                        || !trial.get().isOver(ConfirmedRun.now())) {
                    return false;
                }
                if (overdue.reload()) {
                    Optional<TrialFile.Content> kept = kept(context.state(), overdue.link(), overdue.number());
                    return kept.isPresent() && new ReloadRun(context).rollBackKilled(kept.get());
                }
                new DownRun(context, true).run();
                return true;
            }
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        }
    }

    private Journals state() throws JournalException {
        try {
            return Journals.of(root, Namespaces.networkCookie());
        } catch (SystemException e) {
            throw new JournalException("the network namespace has no number: " + e.getMessage());
        }
    }
}
