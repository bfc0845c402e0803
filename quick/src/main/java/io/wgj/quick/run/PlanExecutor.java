// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.quick.journal.JournalException;
import io.wgj.quick.journal.JournalWriter;
import io.wgj.quick.model.Effect;
import io.wgj.quick.model.SrcValidMark;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.plan.DownPlanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Performs steps in their order, records each in the journal first, and remembers what was done. On a
/// rollback, a failed step does not stop the others.
final class PlanExecutor {
    /// The largest number of routes that go to the kernel and to the journal at once.
    private static final int MOST_ROUTES = 1_000;

    private final StepRunner runner;
    private final JournalWriter journal;
    private final ProgressListener listener;
    private final Interruption interruption;
    private final List<Step> done = new ArrayList<>();

    PlanExecutor(StepRunner runner, JournalWriter journal, ProgressListener listener, Interruption interruption) {
        this.runner = runner;
        this.journal = journal;
        this.listener = listener;
        this.interruption = interruption;
    }

    /// The steps performed so far, in their order.
    List<Step> done() {
        return done;
    }

    /// Performs the steps. Stops at the first failure and at a signal; undoes nothing.
    void run(List<Step> steps) throws RunException {
        int next = 0;
        while (next < steps.size()) {
            interruption.check();
            List<Step> group = steps.subList(next, endOfGroup(steps, next));
            perform(group);
            next += group.size();
        }
    }

    private void perform(List<Step> group) throws RunException {
        try {
            attempt(group);
        } catch (StepException e) {
            throw e.ending();
        } catch (JournalException e) {
            throw new RunException(1, String.valueOf(e.getMessage()));
        }
        interruption.check();
    }

    /// A resolvconf that a signal ended may have done its work, or a part of it: it counts as performed.
    private void attempt(List<Step> group) throws StepException, JournalException {
        Step first = group.getFirst();
        if (first.effect() instanceof Effect.ActsOutside) {
            listener.steps(group);
            runner.perform(first);
            return;
        }
        journal.about(group);
        try {
            if (group.size() == 1) {
                listener.steps(group);
                runner.perform(first);
            } else {
                runner.performRoutes(group);
                listener.steps(group);
            }
        } catch (StepException e) {
            if (group.size() > 1) {
                listener.steps(upTo(group, e.failed()));
            }
            List<Step> performed = first instanceof Step.SetDns && interruption.hasCome() ? group : e.performed();
            done.addAll(performed);
            journal.failed(performed);
            throw e;
        }
        done.addAll(group);
        journal.done();
        if (first instanceof Step.MakesLink link) {
            writeIndex(runner.madeIndex(link.link()));
        }
    }

    private void writeIndex(OptionalInt index) throws JournalException {
        if (index.isPresent()) {
            journal.link(index.getAsInt());
        }
    }

    private static List<Step> upTo(List<Step> group, Optional<Step> failed) {
        for (int i = 0; i < group.size(); i++) {
            if (failed.isPresent() && group.get(i) == failed.get()) {
                return group.subList(0, i + 1);
            }
        }
        return group;
    }

    private static int endOfGroup(List<Step> steps, int start) {
        Step first = steps.get(start);
        boolean isRoute = first instanceof Step.AddRoute || first instanceof Step.DeleteRoute;
        int end = start + 1;
        while (isRoute
                && end < steps.size()
                && end - start < MOST_ROUTES
                && steps.get(end).getClass().equals(first.getClass())) {
            end++;
        }
        return end;
    }

    /// Undoes what was done.
    ///
    /// @param history in its order, of this run or an earlier one
    /// @param withLink whether the link is deleted too
    /// @return the failures; empty when everything is undone
    List<StepException> rollBack(Tunnel tunnel, List<Step> history, boolean withLink, SrcValidMark now) {
        List<Step> back = new ArrayList<>();
        for (Step step : DownPlanner.rollBack(tunnel, history, now)) {
            if (withLink || !(step instanceof Step.DeleteLink)) {
                back.add(step);
            }
        }
        return unwind(back);
    }

    /// Performs the steps of a rollback. A failed step does not stop the others, and something that is
    /// already gone is no failure. Signals are ignored.
    ///
    /// @return the failures; empty when everything is undone
    List<StepException> unwind(List<Step> back) {
        List<StepException> failures = new ArrayList<>();
        interruption.ignore(true);
        try {
            unwind(back, failures);
        } finally {
            interruption.ignore(false);
        }
        return failures;
    }

    private void unwind(List<Step> back, List<StepException> failures) {
        int next = 0;
        while (next < back.size()) {
            List<Step> group = back.subList(next, endOfGroup(back, next));
            next += group.size();
            try {
                attempt(group);
            } catch (StepException e) {
                if (!e.isGone()) {
                    failures.add(e);
                }
            } catch (JournalException _) {
                // The rollback goes on without a journal: a later run could not know what is left to undo.
                performUnwritten(group, failures);
            }
        }
    }

    private void performUnwritten(List<Step> group, List<StepException> failures) {
        for (Step step : group) {
            try {
                runner.perform(step);
            } catch (StepException e) {
                if (!e.isGone()) {
                    failures.add(e);
                }
            }
        }
    }
}
