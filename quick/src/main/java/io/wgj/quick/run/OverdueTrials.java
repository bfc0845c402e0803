// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.SystemException;
import io.wgj.quick.journal.Journal;
import io.wgj.quick.journal.JournalException;
import io.wgj.quick.journal.Journals;
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
    /// @param reload whether it was a `reload`, which only its own process could roll back: journals hold no keys
    /// @param number of the run
    /// @param configFile the file that was applied, a byte a char; empty when it is not known
    public record Overdue(InterfaceName link, boolean reload, long number, String configFile) {}

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
                    overdue.add(
                            new Overdue(link, trial.get().reload(), trial.get().number(), file));
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

    /// Takes a tunnel down whose `up` was not confirmed in time, with its hooks, as its own process would have
    /// done.
    ///
    /// @return false when another run holds the interface's lock, or has decided the trial
    public boolean rollBack(Overdue overdue, TunnelRequest request) throws PlanException, RunException {
        if (overdue.reload()) {
            throw new IllegalArgumentException("a reload is rolled back by its own process alone");
        }
        try (Interruption interruption = new Interruption();
                RunContext context = RunContext.open(request, environment, kernel, listener, interruption, state())) {
            Optional<RunLock> lock = context.tryLock();
            if (lock.isEmpty()) {
                return false;
            }
            try (RunLock _ = lock.get()) {
                Optional<Journal.OnTrial> trial =
                        content(context.state(), overdue.link()).flatMap(Journal::waiting);
                if (trial.isEmpty() || trial.get().number() != overdue.number()) {
                    return false;
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
