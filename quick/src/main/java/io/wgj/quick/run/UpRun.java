// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.netlink.route.Link;
import io.wgj.netlink.route.Route;
import io.wgj.quick.journal.Journal;
import io.wgj.quick.journal.JournalException;
import io.wgj.quick.model.DeviceView;
import io.wgj.quick.model.HookChanges;
import io.wgj.quick.model.HookLines;
import io.wgj.quick.model.PartialSnapshot;
import io.wgj.quick.model.Plan;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.SystemSnapshot;
import io.wgj.quick.model.UpLink;
import io.wgj.quick.plan.DeviceChanges;
import io.wgj.quick.plan.EarlierRoutes;
import io.wgj.quick.plan.PlanException;
import io.wgj.quick.plan.QuickPlanner;
import io.wgj.quick.plan.SecondStage;
import io.wgj.quick.plan.SurvivingSteps;
import java.util.List;
import java.util.Optional;

/// One `up`: a first plan up to the device's configuration, a second one from what is there then.
final class UpRun {
    private final RunContext context;
    private final Optional<ConfirmedRun> trial;
    /// How many of the executor's steps cleared away what an earlier run left.
    private int cleared;
    private boolean reported;

    /// @param trial whether it stays only if a confirmation comes
    UpRun(RunContext context, Optional<ConfirmedRun> trial) {
        this.context = context;
        this.trial = trial;
    }

    void run() throws PlanException, RunException {
        clearLeftovers();
        cleared = context.executor().done().size();
        PartialSnapshot before = context.inspector().preconditions(context.tunnel());
        Plan create = QuickPlanner.create(context.tunnel(), before, Optional.empty());
        boolean isUp = false;
        try {
            context.journal().begin("up");
            beginTrial();
            reportLostJournal();
            context.executor().run(create.steps());
            configure();
            context.journal().endpoints(context.request().configuration().endpointFingerprints());
            context.journal()
                    .hookLines(HookLines.fingerprint(context.tunnel().section()));
            if (context.tunnel().section().mtu().isEmpty()) {
                context.journal().automaticMtu();
            }
            if (trial.isPresent()) {
                trial.get().startClock(context.journal());
            }
            context.journal().end();
            reportLostJournal();
            isUp = true;
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        } catch (RunException e) {
            // Before the way back is told, where the tool that wg-quick runs would have said it.
            for (String line : e.lines()) {
                context.listener().line(line);
            }
            for (String hint : e.hints()) {
                context.listener().remark(hint);
            }
            throw new RunException(e.exitCode(), List.of());
        } finally {
            if (!isUp) {
                takeBack();
            }
        }
    }

    private void beginTrial() throws JournalException, PlanException {
        if (trial.isPresent()) {
            context.requireJournal();
            trial.get().begin(context.journal());
        }
    }

    private void reportLostJournal() {
        if (!context.journal().lost().isEmpty() && !reported) {
            reported = true;
            context.listener()
                    .remark(context.journal().lost() + "; going on without a journal: `down " + context.link()
                            + "' will undo what wg-quick's `down' undoes (in a container, give it --tmpfs /run/wgj)");
        }
    }

    /// The second stage. Others may choose tables, marks and priorities while our hooks run, and not before.
    private void configure() throws PlanException, RunException {
        List<Step> hooks;
        try (RunLock _ = context.lockNamespace()) {
            SystemSnapshot before = context.inspector().full(context.tunnel(), List.of());
            SecondStage stage = new SecondStage(context.tunnel(), before);
            context.executor().run(stage.link());
            UpLink link = context.inspector().upLink(context.link(), stage.dependsOnRoutes());
            Plan plan = stage.rest(link);
            writeEarlierRoutes(link);
            remarkOnOwnKey();
            for (String note : plan.notes()) {
                context.listener().remark(note);
            }
            List<Step> steps = plan.steps();
            boolean ownPort = hasChosenItsPort(before);
            int own = 0;
            while (own < steps.size() && !(steps.get(own) instanceof Step.RunHook)) {
                own++;
            }
            context.executor().run(steps.subList(0, own));
            if (ownPort) {
                writePort();
            }
            writeMade();
            hooks = steps.subList(own, steps.size());
        }
        context.executor().run(hooks);
        writeTraces(!hooks.isEmpty());
    }

    /// What hooks have made otherwise than the file says, which a reload is to leave so.
    private void writeTraces(boolean postUp) throws RunException {
        boolean preUp = !context.tunnel().section().preUp().isEmpty();
        Optional<DeviceState> device = context.inspector().device();
        if (!preUp && !postUp || device.isEmpty()) {
            return;
        }
        try {
            List<Step> done = done();
            List<Step> undone = postUp
                    ? SurvivingSteps.undone(
                            context.tunnel(), done, context.inspector().routingState(context.tunnel()))
                    : List.of();
            DeviceState now = postUp ? context.device().read() : device.get();
            DeviceUpdate wanted =
                    DeviceChanges.normal(now, context.device().configured(), ReloadRun.hasChosenMark(done));
            DeviceUpdate changes = DeviceChanges.of(now, wanted, _ -> false, HookChanges.none());
            context.journal().hooks(undone, HookChanges.changed(changes));
        } catch (StepException _) {
            // A hook may have taken the device away: then nothing of it is to be left.
            return;
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        }
    }

    /// What counts as routed already, for a later reload, which cannot tell it from what later hooks add. What the
    /// kernel makes for the file's addresses is known without.
    private void writeEarlierRoutes(UpLink link) throws RunException {
        List<Route> earlier = EarlierRoutes.of(context.tunnel(), link);
        if (!earlier.isEmpty()) {
            try {
                context.journal().routed(earlier);
            } catch (JournalException e) {
                throw QuickRun.broken(e);
            }
        }
    }

    private void remarkOnOwnKey() {
        Optional<DeviceState> device = context.inspector().device();
        if (device.isPresent() && device.get().publicKey().isPresent()) {
            for (String remark : context.request()
                    .configuration()
                    .remarksOn(device.get().publicKey().get())) {
                context.listener().remark(remark);
            }
        }
    }

    /// A device that is given no port chooses one: the kernel's when its link goes up, others at once, so that a
    /// hook may have named it. Only `save` of a file with keys of ours asks for it, and to read a device of many
    /// peers takes a while.
    private boolean hasChosenItsPort(SystemSnapshot before) {
        boolean none = before.device().orElse(DeviceView.NEW).listenPort() == 0;
        boolean noHook = context.tunnel().section().preUp().isEmpty();
        return !context.device().portIsNamed()
                && (none || noHook)
                && context.tunnel().hasOwnKeys();
    }

    private void writeMade() throws RunException {
        try {
            context.journal().made();
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        }
    }

    private void writePort() throws RunException {
        try {
            context.journal().port(context.device().read().listenPort());
        } catch (StepException e) {
            throw e.ending();
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        }
    }

    /// What this run has done.
    private List<Step> done() {
        List<Step> all = context.executor().done();
        return List.copyOf(all.subList(cleared, all.size()));
    }

    private void takeBack() throws PlanException, RunException {
        List<Step> done = done();
        if (context.takeBack(done, true) && !done.isEmpty()) {
            context.listener().remark("all that was done has been undone");
        }
    }

    /// What a killed `up` left is taken back first, unless only its `PostUp` hooks were missing: they must not run
    /// twice. A tunnel that is up stays, and the plan will say so.
    private void clearLeftovers() throws PlanException, RunException {
        context.discardStale();
        Optional<Journal> journal = context.record();
        if (journal.isEmpty()) {
            return;
        }
        Journal content = journal.get();
        context.endPendingStart(content);
        LinkLocation link = context.location(content);
        if (link.own().isPresent() && !content.isHalfMade()) {
            throw alreadyThere(content, link.own().get());
        }
        if (link.own().isEmpty() && link.other().isPresent()) {
            // Not ours: what the journal tells may be in use with it.
            return;
        }
        context.listener()
                .remark(
                        content.complete()
                                ? "the link that an earlier `up' made is gone; what else it did is undone"
                                : "an earlier run did not come to its end; what it left is undone");
        if (link.own().isPresent()) {
            context.deleteByIndex(link.own().get().index());
        }
        try {
            context.journal().begin("down");
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        }
        if (!context.takeBack(content.history(), link.own().isPresent())) {
            throw new RunException(1, List.of());
        }
    }

    private PlanException alreadyThere(Journal content, Link own) {
        String name = context.link().text();
        if (!own.name().equals(name)) {
            context.listener().remark("it is called `" + own.name() + "' by now; `down " + name + "' takes it down");
        } else if (content.waiting().isPresent()) {
            context.listener()
                    .remark("it waits for a confirmation: `confirm " + name + "' keeps it, `down " + name
                            + "' takes it down");
        } else if (!content.complete()) {
            context.listener()
                    .remark("an earlier run did not come to its end; `down " + name + "' undoes what it left");
        }
        return new PlanException(1, "`" + name + "' already exists");
    }
}
