// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.quick.plan.DownPlanner;
import io.wgj.quick.plan.Plan;
import io.wgj.quick.plan.Step;
import io.wgj.quick.plan.SystemSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One `down`: what must succeed before anything is removed, the removal, and the hooks after it.
final class DownRun {
    private final RunContext context;

    DownRun(RunContext context) {
        this.context = context;
    }

    void run() throws RunException {
        context.discardStale();
        Optional<JournalContent> content = context.record();
        if (content.isPresent()) {
            context.endPendingStart(content.get());
        }
        boolean ours = content.isPresent() && context.isOurs(content.get());
        try {
            if (content.isPresent() && (!content.get().complete() || !ours)) {
                context.narrator().remark("an earlier run did not come to its end; what it left is taken back");
                context.journal().begin("down");
                if (!context.takeBack(content.get().history(), ours)) {
                    throw new RunException(1, List.of());
                }
                return;
            }
            if (content.isPresent()) {
                takeAway(
                        context.inspector().besidesJournal(context.tunnel()),
                        content.get().history(),
                        true);
            } else {
                SystemSnapshot snapshot = context.inspector().full(context.tunnel(), List.of());
                takeAway(snapshot, DownPlanner.found(context.tunnel(), snapshot), false);
            }
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        }
    }

    private void takeAway(SystemSnapshot snapshot, List<Step> done, boolean journalled)
            throws RunException, JournalException {
        Plan plan = DownPlanner.down(context.tunnel(), snapshot, done);
        List<Step> first = new ArrayList<>();
        List<Step> removal = new ArrayList<>();
        List<Step> last = new ArrayList<>();
        for (Step step : plan.steps()) {
            boolean before = step instanceof Step.RunHook || step instanceof Step.SaveConfig;
            if (!before) {
                removal.add(step);
            } else if (removal.isEmpty()) {
                first.add(step);
            } else {
                last.add(step);
            }
        }
        // Saving is not undone by anybody, so it needs no journal, and a failure leaves the tunnel as it is.
        context.executor().run(first);
        context.journal().begin("down");
        if (!journalled) {
            context.journal().adopt(done);
        }
        List<StepException> failures = context.executor().unwind(removal);
        boolean gone = context.finish(failures, done, snapshot.srcValidMark());
        context.executor().run(last);
        if (!gone) {
            throw new RunException(failures.getFirst().exitCode(), List.of());
        }
    }
}
