// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.netlink.route.Link;
import io.wgj.quick.journal.Journal;
import io.wgj.quick.journal.JournalException;
import io.wgj.quick.model.HostSupport;
import io.wgj.quick.model.Plan;
import io.wgj.quick.model.SrcValidMark;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.SystemSnapshot;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.plan.DownPlanner;
import io.wgj.quick.plan.PlanException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs one `down`: first the steps that must succeed before anything is removed, then the removal, then the
/// hooks after it. Hooks run if there is a link to take down, as in wg-quick. The journal says what else to
/// undo.
final class DownRun {
    private final RunContext context;
    private final Tunnel tunnel;
    private final boolean mustGo;
    /// Whether the link's name can be that of a file: `ip link` accepts other names too.
    private boolean hasUsableName = true;

    DownRun(RunContext context) {
        this(context, false);
    }

    /// @param mustGo whether the tunnel is removed even if a hook fails, because it was not confirmed
    DownRun(RunContext context, boolean mustGo) {
        this.context = context;
        this.tunnel = context.tunnel();
        this.mustGo = mustGo;
    }

    void run() throws PlanException, RunException {
        context.discardStale();
        Optional<Journal> journal = context.record();
        if (journal.isEmpty()) {
            if (!context.isLink()) {
                // A userspace implementation in another namespace answers under this name.
                throw gone();
            }
            takeDown(journal, tunnel.link(), true);
            return;
        }
        Journal content = journal.get();
        LinkLocation link = context.location(content);
        if (link.own().isEmpty() && link.other().isEmpty()) {
            // With the link of a killed start its implementation ends, too, and hooks run before that.
            context.endPendingStart(content);
            link = context.location(content);
        }
        if (!content.complete()) {
            context.listener().remark("an earlier run did not come to its end; what it left is undone");
        }
        if (link.own().isPresent()) {
            Link own = link.own().get();
            context.deleteByIndex(own.index());
            takeDown(journal, name(own), !content.complete());
        } else if (link.other().isPresent() && context.request().hasFile() && context.isDevice()) {
            context.listener().remark("`" + tunnel.link() + "' is not the link that `up' made; it is taken down too");
            takeDown(journal, tunnel.link(), true);
        } else if (content.linkIndex().isPresent()
                && !content.removing()
                && !mustGo
                && context.request().hasFile()) {
            context.listener()
                    .remark("the link that `up' made is not in this network namespace any more;"
                            + " `down --from-journal " + tunnel.link() + "' undoes what else it did");
            throw gone();
        } else {
            rollBack(content);
        }
    }

    private PlanException gone() {
        return new PlanException(1, "`" + tunnel.link() + "' is not a WireGuard interface");
    }

    /// The plan of [#run], as far as it is known before hooks run.
    Plan plan() throws RunException {
        Optional<Journal> journal = context.record();
        SystemSnapshot snapshot = context.inspector().full(tunnel, List.of());
        List<Step> done = journal.isPresent() ? journal.get().history() : List.of();
        boolean tellsAll = journal.isPresent() && journal.get().complete();
        return DownPlanner.down(
                tunnel, snapshot, tellsAll ? done : DownPlanner.together(done, DownPlanner.found(tunnel, snapshot)));
    }

    private InterfaceName name(Link link) {
        if (!link.name().equals(tunnel.link().text())) {
            context.listener()
                    .remark("`" + tunnel.link() + "' is called `" + link.name() + "' by now; that is taken down");
        }
        Optional<InterfaceName> now = InterfaceName.parse(link.name());
        hasUsableName = now.isPresent();
        return now.orElse(tunnel.link());
    }

    /// @param link its present name
    /// @param looks whether the host is searched for steps that the journal lacks
    private void takeDown(Optional<Journal> journal, InterfaceName link, boolean looks)
            throws PlanException, RunException {
        runHooks(before(journal, link));
        boolean gone;
        List<StepException> failures;
        try (RunLock _ = context.lockNamespaceLate()) {
            Tunnel present = new Tunnel(link, tunnel.file());
            List<Step> done = journal.isPresent() ? journal.get().history() : List.of();
            if (looks) {
                SystemSnapshot snapshot = context.inspector().full(present, List.of());
                done = DownPlanner.together(done, DownPlanner.found(present, snapshot));
            }
            done = context.withAdopted(done);
            HostSupport support = context.inspector().support(present);
            SrcValidMark srcValidMark = context.inspector().srcValidMark(tunnel.link());
            context.journal().begin("down");
            if (journal.isEmpty()) {
                context.journal().adopt(done);
            }
            failures = context.executor()
                    .unwind(DownPlanner.removal(tunnel, support, srcValidMark, done, Optional.of(link)));
            gone = context.finish(failures, done, srcValidMark);
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        }
        runHooks(DownPlanner.after(tunnel));
        if (!gone) {
            throw new RunException(failures.getFirst().exitCode(), List.of());
        }
    }

    private void runHooks(List<Step> steps) throws RunException {
        if (!mustGo) {
            context.executor().run(steps);
            return;
        }
        for (Step step : steps) {
            try {
                context.executor().run(List.of(step));
            } catch (RunException e) {
                for (String line : e.lines()) {
                    context.listener().line(line);
                }
                context.listener().remark("that failed with " + e.exitCode() + "; rolling back all the same");
            }
        }
    }

    /// The hooks and `SaveConfig`. A device that an `up` had not finished is not saved to the file.
    private List<Step> before(Optional<Journal> journal, InterfaceName link) {
        List<Step> steps = new ArrayList<>();
        for (Step step : DownPlanner.before(tunnel)) {
            if (!(step instanceof Step.SaveConfig)) {
                steps.add(step);
            } else if (journal.isPresent() && journal.get().isHalfMade()) {
                context.listener()
                        .remark("SaveConfig is skipped: `up' did not finish `" + tunnel.link()
                                + "', so the file has more than the interface");
            } else if (!hasUsableName) {
                context.listener().remark("SaveConfig is skipped: no file can be named after the interface now");
            } else {
                steps.add(new Step.SaveConfig(link));
            }
        }
        return steps;
    }

    /// Undoes what is left when there is no link to take down.
    private void rollBack(Journal content) throws PlanException, RunException {
        try {
            context.journal().begin("down");
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        }
        if (!context.rollBack(content.history(), false)) {
            throw new RunException(1, List.of());
        }
    }
}
