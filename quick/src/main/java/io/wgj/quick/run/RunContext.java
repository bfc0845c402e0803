// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.transport.NetlinkException;
import io.wgj.quick.journal.Journal;
import io.wgj.quick.journal.JournalException;
import io.wgj.quick.journal.JournalFile;
import io.wgj.quick.journal.JournalWriter;
import io.wgj.quick.journal.Journals;
import io.wgj.quick.journal.UnwritableException;
import io.wgj.quick.model.SrcValidMark;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.SystemSnapshot;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.plan.DownPlanner;
import io.wgj.quick.plan.PlanException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Connects the parts of one run: the kernel, the journal, the device, and the listener.
final class RunContext implements AutoCloseable {
    private final TunnelRequest request;
    private final ProgressListener listener;
    private final Interruption interruption;
    private final Journals state;
    private final RouteNetlink netlink;
    private final Firewall firewall;
    private final JournalFile journalFile;
    private final JournalWriter journal;
    private final TunnelDevice device;
    private final HostStepRunner runner;
    private final OtherJournals others;
    private final SystemInspector inspector;
    private final PlanExecutor executor;
    private @Nullable Journal before;
    private boolean hasLooked;

    private RunContext(
            TunnelRequest request,
            Environment environment,
            Kernel kernel,
            ProgressListener listener,
            Interruption interruption,
            Journals state,
            RouteNetlink netlink) {
        this.request = request;
        this.listener = listener;
        this.interruption = interruption;
        this.state = state;
        this.netlink = netlink;
        this.firewall = new Firewall(kernel);
        this.journalFile = state.file(request.tunnel().link());
        this.journal = new JournalWriter(journalFile, state.boot());
        this.device = new TunnelDevice(environment, request.tunnel().link(), request.configuration());
        Sysctls sysctls = new Sysctls(kernel.settings());
        Programs programs = new Programs(environment, interruption);
        this.others = new OtherJournals(state, netlink, listener);
        this.inspector = new SystemInspector(kernel, netlink, firewall, sysctls, programs, environment, others, device);
        EngineStart engine = new EngineStart(
                environment, programs, interruption, device, request.configuration(), listener, journal);
        Hooks hooks = new Hooks(programs, environment.hookTimeout(), request, listener);
        this.runner = new HostStepRunner(netlink, firewall, sysctls, device, engine, programs, hooks, request);
        this.executor = new PlanExecutor(runner, journal, listener, interruption);
    }

    static RunContext open(
            TunnelRequest request,
            Environment environment,
            Kernel kernel,
            ProgressListener listener,
            Interruption interruption,
            Journals state)
            throws RunException {
        try {
            return new RunContext(request, environment, kernel, listener, interruption, state, kernel.routing());
        } catch (NetlinkException e) {
            throw new RunException(1, String.valueOf(e.getMessage()));
        }
    }

    TunnelRequest request() {
        return request;
    }

    Tunnel tunnel() {
        return request.tunnel();
    }

    InterfaceName link() {
        return request.tunnel().link();
    }

    Journals state() {
        return state;
    }

    ProgressListener listener() {
        return listener;
    }

    JournalWriter journal() {
        return journal;
    }

    TunnelDevice device() {
        return device;
    }

    SystemInspector inspector() {
        return inspector;
    }

    PlanExecutor executor() {
        return executor;
    }

    /// The journal of the present boot before this run wrote to it. It is read once, because with ten
    /// thousand routes it has half a megabyte.
    Optional<Journal> record() throws RunException {
        return Optional.ofNullable(found()).filter(content -> content.isOf(state.boot()));
    }

    /// Ends an engine that a killed run was starting: it would make the link, and no run would end it.
    void endPendingStart(Journal content) {
        if (content.pendingStart().isPresent()) {
            new StartMark(content.pendingStart().get()).endAll(link());
        }
    }

    private @Nullable Journal found() throws RunException {
        if (!hasLooked) {
            try {
                before = journalFile.read().orElse(null);
                hasLooked = true;
            } catch (JournalException e) {
                throw QuickRun.broken(e);
            }
        }
        return before;
    }

    /// Removes a journal of an earlier boot, whose steps cannot be in effect. Reports damage to one that
    /// stays.
    void discardStale() throws RunException {
        Journal content = found();
        try {
            if (content != null && !content.isOf(state.boot())) {
                journal.delete();
            } else if (content != null && !content.damage().isEmpty()) {
                listener.remark(journalFile.path() + ": " + content.damage()
                        + "; what the journal does not tell is undone as wg-quick's `down' does");
            }
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        }
    }

    /// The steps that brought the tunnel up.
    List<Step> done(SystemSnapshot snapshot) throws RunException {
        Optional<Journal> content = record();
        return content.isPresent() ? content.get().history() : DownPlanner.found(tunnel(), snapshot);
    }

    /// The place of the link that the journal is about.
    LinkLocation location(Journal content) throws RunException {
        try {
            return LinkLocation.of(content, netlink, link().text());
        } catch (NetlinkException e) {
            throw new RunException(1, String.valueOf(e.getMessage()));
        }
    }

    /// Makes the run delete the link of this index, whatever its name is by then.
    void deleteByIndex(int linkIndex) {
        runner.deleteByIndex(linkIndex);
    }

    /// Whether there is a WireGuard device of the tunnel's name.
    boolean isDevice() {
        try {
            device.read();
            return true;
        } catch (StepException _) {
            return false;
        }
    }

    /// The index of the tunnel's link.
    int linkIndex() throws RunException {
        try {
            return runner.linkIndex(link()).orElse(0);
        } catch (StepException e) {
            throw new RunException(e.exitCode(), e.lines());
        }
    }

    /// Whether there is a link of the tunnel's name in this namespace.
    boolean isLink() throws RunException {
        try {
            return netlink.link(link().text()).isPresent();
        } catch (NetlinkException e) {
            throw new RunException(1, String.valueOf(e.getMessage()));
        }
    }

    /// Locks the interface against other runs until the lock is closed. Where no lock can be made, no journal
    /// can be written either.
    RunLock lock() throws PlanException, RunException {
        try {
            state.make();
            RunLock lock = RunLock.open(state.lockFile(link()));
            lock.acquire(interruption, listener);
            return lock;
        } catch (UnwritableException e) {
            journal.lose(String.valueOf(e.getMessage()));
            return RunLock.none();
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        }
    }

    /// Locks the interface if no other run has locked it; empty if one has.
    Optional<RunLock> tryLock() throws RunException {
        try {
            state.make();
            RunLock lock = RunLock.open(state.lockFile(link()));
            if (lock.tryAcquire()) {
                return Optional.of(lock);
            }
            lock.close();
            return Optional.empty();
        } catch (UnwritableException e) {
            journal.lose(String.valueOf(e.getMessage()));
            return Optional.of(RunLock.none());
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        }
    }

    /// Refuses to go on without a journal.
    void requireJournal() throws PlanException {
        if (!journal.lost().isEmpty()) {
            throw new PlanException(
                    1,
                    "--confirm needs a journal, and there is none: " + journal.lost()
                            + " (in a container, give it --tmpfs /run/wgj)");
        }
    }

    /// Locks the namespace, so that no other run chooses the same tables, marks or priorities, until the lock
    /// is closed.
    RunLock lockNamespace() throws PlanException, RunException {
        try {
            RunLock lock = journal.lost().isEmpty() ? RunLock.open(state.namespaceLockFile()) : RunLock.none();
            lock.acquire(interruption, listener);
            return lock;
        } catch (UnwritableException _) {
            return RunLock.none();
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        }
    }

    /// Locks the namespace for a rollback: signals are ignored.
    RunLock lockNamespaceLate() throws PlanException, RunException {
        interruption.ignore(true);
        try {
            return lockNamespace();
        } finally {
            interruption.ignore(false);
        }
    }

    /// These steps, plus the kernel setting that another tunnel has handed over to this one. The caller holds
    /// the namespace's lock.
    List<Step> withAdopted(List<Step> done) throws RunException {
        if (!Step.contains(done, Step.InstallFirewall.class)) {
            return done;
        }
        List<Step> all = new ArrayList<>(done);
        try {
            Optional<Journal> now = state.present(link());
            List<Step> history = now.isPresent() ? now.get().history() : List.of();
            for (Step.SetSysctl set : Step.select(history, Step.SetSysctl.class)) {
                if (!all.contains(set)) {
                    all.add(set);
                }
            }
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        }
        return all;
    }

    /// Undoes what was done, as far as possible, and reports failures. Deletes the journal when everything is
    /// undone.
    ///
    /// @param done in its order, by this run or an earlier one
    /// @param withLink whether the link is deleted too
    /// @return whether everything is undone
    boolean rollBack(List<Step> done, boolean withLink) throws PlanException, RunException {
        try (RunLock _ = lockNamespaceLate()) {
            List<Step> all = withAdopted(done);
            SrcValidMark now = inspector.srcValidMark(link());
            return finish(executor.rollBack(tunnel(), all, withLink, now), all, now);
        }
    }

    /// Ends a rollback: reports its failures, or deletes the journal when there are none. The caller holds
    /// the namespace's lock.
    ///
    /// @param done the steps that were undone
    /// @param before the kernel's setting before the rollback
    boolean finish(List<StepException> failures, List<Step> done, SrcValidMark before) throws RunException {
        for (StepException failure : failures) {
            for (String line : failure.lines()) {
                listener.line(line);
            }
            listener.remark("this could not be undone: " + failure.getMessage());
        }
        if (!failures.isEmpty()) {
            listener.remark("`down " + link() + "' tries again");
            return false;
        }
        try {
            if (before.othersNeedIt()) {
                others.handOver(link(), done);
            }
            journal.delete();
        } catch (UnwritableException e) {
            listener.remark(e.getMessage() + ": the journal stays, though all it tells is undone");
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        }
        return true;
    }

    @Override
    public void close() {
        journalFile.close();
        firewall.close();
        netlink.close();
    }
}
