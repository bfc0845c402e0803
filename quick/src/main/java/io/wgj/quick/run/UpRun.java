// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerState;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.engine.clock.ClockCheck;
import io.wgj.engine.clock.KnownTimes;
import io.wgj.engine.uapi.UapiSockets;
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
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Runs one `up`: a first plan until the device is configured, and a second one from the state of the host
/// then.
final class UpRun {
    private final RunContext context;
    private final Optional<ConfirmedRun> trial;
    /// How many of the executor's steps undid what an earlier run had left.
    private int cleared;
    private boolean reported;

    /// @param trial present if the run has to be confirmed
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
            context.journal().configFile(context.request().lastingFile());
            beginTrial();
            reportLostJournal();
            context.executor().run(create.steps());
            configure();
            context.journal().endpoints(context.request().configuration().endpointFingerprints());
            context.journal().hookLines(HookLines.fingerprint(context.tunnel().section()));
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
            // Before the rollback is reported, where wg-quick's tool would have printed it.
            for (String line : e.lines()) {
                context.listener().line(line);
            }
            for (String hint : e.hints()) {
                context.listener().remark(hint);
            }
            throw new RunException(e.exitCode(), List.of());
        } finally {
            if (!isUp) {
                rollBack();
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

    /// Performs the second stage. The namespace's lock is held until the hooks run, so that no other run
    /// chooses the same tables, marks or priorities.
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
            remarkOnClock();
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

    /// Records what hooks have changed, which a reload leaves as it is.
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
            // A hook may have deleted the device: then there is nothing to record.
            return;
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        }
    }

    /// Records the routes that were there before ours: a later reload could not distinguish them from those
    /// that later hooks add. The kernel's routes for the file's addresses need no record.
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

    /// The kernel's WireGuard takes its timestamps from the clock alone. wgj's own engine remembers what it sent.
    private void remarkOnClock() {
        Instant known = ClockCheck.known(new KnownTimes(KnownTimes.DEFAULT_FOLDER));
        Optional<String> complaint = ClockCheck.complaint(Instant.now(), known);
        if (complaint.isPresent()
                && !new UapiSockets().exists(new DeviceName(context.link().text()))) {
            context.listener().remark(complaint.get());
        }
    }

    private void remarkOnOwnKey() {
        Optional<DeviceState> device = context.inspector().device();
        if (device.isPresent() && device.get().publicKey().isPresent() && lacksPeer(device.get())) {
            for (String remark : context.request()
                    .configuration()
                    .remarksOn(device.get().publicKey().get())) {
                context.listener().remark(remark);
            }
        }
    }

    /// Whether a peer of the file is missing in the device, which ignores a peer with its own public key. Asked
    /// first, because a userspace device does not tell its public key, and computing it takes 2 ms.
    private boolean lacksPeer(DeviceState device) {
        Set<PublicKey> present = new HashSet<>();
        for (PeerState peer : device.peers()) {
            present.add(peer.publicKey());
        }
        for (PeerUpdate peer : context.device().configured().peers()) {
            if (!present.contains(peer.publicKey())) {
                return true;
            }
        }
        return false;
    }

    /// Whether the device has chosen its own port. The kernel chooses when the link goes up, other
    /// implementations at once, and a hook may have set the port. Only `save` of a file with keys of ours
    /// needs this, and reading a device with many peers takes long.
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

    /// The steps of this run.
    private List<Step> done() {
        List<Step> all = context.executor().done();
        return List.copyOf(all.subList(cleared, all.size()));
    }

    private void rollBack() throws PlanException, RunException {
        List<Step> done = done();
        if (context.rollBack(done, true) && !done.isEmpty()) {
            context.listener().remark("all that was done has been undone");
        }
    }

    /// Undoes what a killed `up` has left, unless only its `PostUp` hooks were missing: these must not run
    /// twice. A tunnel that is up stays, and planning refuses it.
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
            // Another link has the name, and may use what the journal describes.
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
        if (!context.rollBack(content.history(), link.own().isPresent())) {
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
