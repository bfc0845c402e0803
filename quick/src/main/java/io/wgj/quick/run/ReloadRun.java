// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.file.PeerSection;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.sys.FileStatus;
import io.wgj.quick.journal.Journal;
import io.wgj.quick.journal.JournalException;
import io.wgj.quick.journal.JournalFile;
import io.wgj.quick.journal.TrialFile;
import io.wgj.quick.model.DeviceChange;
import io.wgj.quick.model.HookChanges;
import io.wgj.quick.model.HookLines;
import io.wgj.quick.model.NetSteps;
import io.wgj.quick.model.Plan;
import io.wgj.quick.model.RoutesOfPeer;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.SystemSnapshot;
import io.wgj.quick.model.WithdrawnRoute;
import io.wgj.quick.model.WithdrawnRoutes;
import io.wgj.quick.plan.DeviceChanges;
import io.wgj.quick.plan.EarlierRuns;
import io.wgj.quick.plan.PlanException;
import io.wgj.quick.plan.ReloadPlanner;
import io.wgj.quick.plan.RouteOwners;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Runs one `reload`.
final class ReloadRun {
    private final RunContext context;
    /// The withdrawn routes that the last plan leaves withdrawn.
    private WithdrawnRoutes withdrawn = WithdrawnRoutes.none();

    ReloadRun(RunContext context) {
        this.context = context;
    }

    Plan plan() throws PlanException, RunException {
        SystemSnapshot snapshot =
                context.inspector().full(context.tunnel(), List.of()).withDnsTool();
        return plan(snapshot, context.done(snapshot));
    }

    private Plan plan(SystemSnapshot snapshot, List<Step> done) throws PlanException, RunException {
        Optional<DeviceState> device = context.inspector().device();
        if (device.isEmpty()) {
            throw PlanException.noInterface(context.link());
        }
        DeviceState now = device.get();
        TunnelRequest.Configuration configuration = context.request().configuration();
        Optional<Journal> content = context.record();
        Set<Long> known = content.isPresent() ? content.get().endpoints() : Set.of();
        TunnelRequest.Wanted file = configuration.wanted(now, known);
        DeviceUpdate wanted = DeviceChanges.normal(now, file.update(), content.isEmpty() || hasChosenMark(done));
        Predicate<PublicKey> sent = file.endpoints()::contains;
        HookChanges hooks = content.isPresent() ? content.get().hooks() : HookChanges.none();
        DeviceUpdate changes = DeviceChanges.of(now, wanted, sent, hooks);
        boolean tellsEngine = context.device()
                .tellsEngine(DeviceChanges.ownKey(now, wanted.privateKey().value()));
        withdrawn = content.isPresent() ? stillWithdrawn(content.get()) : WithdrawnRoutes.none();
        EarlierRuns earlier = earlier(done, content, changes);
        SystemSnapshot reaching = earlier.keepsMtu()
                ? snapshot
                : context.inspector().reaching(snapshot, context.tunnel(), endpoints(wanted));
        Plan plan = ReloadPlanner.reload(
                context.tunnel(), reaching, earlier, wanted, new DeviceChange(changes, now, tellsEngine));
        List<String> notes = new ArrayList<>(file.notes());
        notes.addAll(plan.notes());
        if (content.isPresent() && hasOtherHooks(content.get())) {
            notes.add("the hook lines are not those that `up' ran: reload runs no hooks, and `down' runs those of the"
                    + " file as it is then");
        }
        return new Plan(plan.steps(), notes);
    }

    private boolean hasOtherHooks(Journal journal) {
        return journal.hookLines().isPresent()
                && journal.hookLines().getAsLong()
                        != HookLines.fingerprint(context.tunnel().section());
    }

    /// Whether one of these steps has chosen the mark.
    static boolean hasChosenMark(List<Step> done) {
        return Step.contains(NetSteps.of(done), Step.SetFwmark.class);
    }

    private EarlierRuns earlier(List<Step> done, Optional<Journal> content, DeviceUpdate changes) {
        if (content.isEmpty()) {
            return new EarlierRuns(done, false, List.of(), false, HookChanges.none());
        }
        boolean sameEndpoints = content.get()
                .endpoints()
                .equals(context.request().configuration().endpointFingerprints());
        for (PeerUpdate peer : changes.peers()) {
            sameEndpoints &= !(peer instanceof PeerUpdate.Put put)
                    || put.settings().endpoint().value().isEmpty();
        }
        boolean automatic =
                content.get().automaticMtu() && context.tunnel().section().mtu().isEmpty();
        return new EarlierRuns(
                done,
                true,
                content.get().earlierRoutes(),
                automatic && sameEndpoints,
                content.get().hooks(),
                withdrawn);
    }

    /// The withdrawn routes of peers that the file still wants to be withdrawn.
    private WithdrawnRoutes stillWithdrawn(Journal content) {
        RouteOwners owners = new RouteOwners(content.withdrawn().isEmpty() ? List.of() : peersOfFile());
        List<WithdrawnRoute> still = new ArrayList<>();
        for (WithdrawnRoute route : content.withdrawn()) {
            Optional<RoutesOfPeer> owner = owners.of(route.route().destination());
            if (owner.isPresent()
                    && owner.get().mode() != RoutesOfPeer.Mode.PRESENT
                    && WithdrawnRoute.fingerprint(owner.get().peer()) == route.peer()) {
                still.add(route);
            }
        }
        return new WithdrawnRoutes(still);
    }

    private List<RoutesOfPeer> peersOfFile() {
        List<RoutesOfPeer> peers = new ArrayList<>();
        for (PeerSection peer : context.tunnel().file().peers()) {
            List<IpPrefix> allowedIps = new ArrayList<>();
            for (AllowedIpUpdate entry : peer.settings().allowedIps()) {
                allowedIps.add(entry.prefix());
            }
            boolean withdraws = peer.withdrawRoutesAfter().isPresent();
            peers.add(new RoutesOfPeer(
                    peer.publicKey(), allowedIps, withdraws ? RoutesOfPeer.Mode.REMOVED : RoutesOfPeer.Mode.PRESENT));
        }
        return peers;
    }

    private static List<IpAddress> endpoints(DeviceUpdate wanted) {
        List<IpAddress> endpoints = new ArrayList<>();
        for (PeerUpdate peer : wanted.peers()) {
            if (peer instanceof PeerUpdate.Put put
                    && put.settings().endpoint().value().isPresent()) {
                endpoints.add(put.settings().endpoint().value().get().address());
            }
        }
        return endpoints;
    }

    /// @param trial present if the run has to be confirmed
    Plan run(Optional<ConfirmedRun> trial) throws PlanException, RunException {
        context.discardStale();
        try (RunLock _ = context.lockNamespace()) {
            Optional<Journal> content = context.record();
            SystemSnapshot snapshot = context.inspector().full(context.tunnel(), List.of());
            List<Step> done = context.done(snapshot);
            Plan plan = plan(snapshot, done);
            try {
                if (content.isEmpty()) {
                    context.journal().begin("adopt");
                    context.journal().adopt(done);
                    context.journal().link(context.linkIndex());
                }
                long journalBefore = trial.isPresent() ? journalSize() : 0;
                context.journal().begin("reload");
                context.journal().configFile(context.request().lastingFile());
                if (trial.isPresent()) {
                    context.requireJournal();
                    begin(trial.get(), journalBefore);
                }
                context.journal().endpoints(context.request().configuration().endpointFingerprints());
                if (context.tunnel().section().mtu().isEmpty()) {
                    context.journal().automaticMtu();
                }
                if (content.isPresent()) {
                    HookChanges hooks = content.get().hooks();
                    context.journal().hooks(hooks.stepsInUse(), hooks.deviceInUse());
                    List<WithdrawnRoute> returned =
                            new ArrayList<>(content.get().withdrawn());
                    returned.removeAll(withdrawn.wanted());
                    context.journal().returned(returned);
                }
                context.executor().run(plan.steps());
                if (trial.isPresent()) {
                    trial.get().startClock(context.journal());
                }
                context.journal().end();
                return plan;
            } catch (JournalException e) {
                undo(content);
                throw QuickRun.broken(e);
            } catch (RunException e) {
                undo(content);
                throw e;
            }
        }
    }

    private long journalSize() throws JournalException {
        return context.state()
                .file(context.link())
                .status()
                .map(FileStatus::size)
                .orElse(0L);
    }

    /// Records the trial, and the device for the case that this process is killed.
    private void begin(ConfirmedRun trial, long journalBefore) throws JournalException, RunException {
        DeviceState now = context.inspector()
                .device()
                .orElseThrow(() -> new RunException(1, "the device of `" + context.link() + "' is gone"));
        boolean kept = context.state()
                .trial(context.link())
                .write(new TrialFile.Content(
                        trial.number(),
                        journalBefore,
                        DeviceRestore.text(now),
                        DeviceRestore.text(context.device().told())));
        if (kept) {
            trial.beginWithClock(context.journal());
        } else {
            trial.begin(context.journal());
        }
    }

    /// Rolls back a run of another process, which was killed.
    ///
    /// @return false when the journal says something else by now
    boolean rollBackKilled(TrialFile.Content trial) throws PlanException, RunException {
        try (RunLock _ = context.lockNamespaceLate()) {
            Optional<JournalFile.Parts> parts =
                    context.state().file(context.link()).parts(trial.journal());
            if (parts.isEmpty()) {
                return false;
            }
            DeviceState before = DeviceRestore.device(context.link(), trial.device());
            context.device().toldBefore(DeviceRestore.engine(trial.engine()));
            Step.ReloadDevice device = new Step.ReloadDevice(
                    context.link(), Optional.of(new DeviceChange(DeviceUpdate.ofPeers(List.of()), before, false)));
            List<Step> done = new ArrayList<>();
            // Last: whether the killed run came so far is not known.
            for (Step step : parts.get().reload().history()) {
                if (!(step instanceof Step.ReloadDevice)) {
                    done.add(step);
                }
            }
            done.add(device);
            undo(Optional.of(parts.get().before()), done);
            return true;
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        } catch (DeviceException e) {
            throw new RunException(1, "what was kept of the device cannot be read: " + e.getMessage());
        }
    }

    /// Rolls back what [#run] did. Other tunnels may have chosen tables and marks since.
    void rollBack() throws PlanException, RunException {
        try (RunLock _ = context.lockNamespaceLate()) {
            undo(context.record());
        }
    }

    private void undo(Optional<Journal> before) throws RunException {
        undo(before, List.copyOf(context.executor().done()));
    }

    /// Performs the inverses of all steps, the last one first.
    ///
    /// @param before the journal before the run
    private void undo(Optional<Journal> before, List<Step> done) throws RunException {
        beginRollback(before);
        List<Step> back = new ArrayList<>();
        for (Step step : done.reversed()) {
            step.inverse().ifPresent(back::add);
        }
        List<StepException> failures = context.executor().unwind(back);
        for (StepException failure : failures) {
            context.listener().remark("this could not be undone: " + failure.getMessage());
        }
        try {
            context.journal().decided();
            if (failures.isEmpty()) {
                context.journal().end();
            }
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        }
    }

    /// Records that the rollback begins. It goes on even if the journal cannot be written.
    private void beginRollback(Optional<Journal> before) {
        try {
            context.journal().begin("reload");
            context.journal().endpoints(before.isPresent() ? before.get().endpoints() : Set.of());
            if (before.isPresent()) {
                context.journal().configFile(before.get().configFile().orElse(""));
                if (before.get().automaticMtu()) {
                    context.journal().automaticMtu();
                }
                HookChanges hooks = before.get().hooks();
                context.journal().hooks(hooks.steps(), hooks.device());
                context.journal().withdrawn(before.get().withdrawn());
            }
        } catch (JournalException e) {
            context.listener().remark(String.valueOf(e.getMessage()));
        }
    }
}
