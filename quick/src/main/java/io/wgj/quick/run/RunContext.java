// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.engine.uapi.EngineExtras;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.transport.NetlinkException;
import io.wgj.quick.journal.Journal;
import io.wgj.quick.journal.JournalContent;
import io.wgj.quick.journal.JournalException;
import io.wgj.quick.journal.JournalFile;
import io.wgj.quick.journal.Records;
import io.wgj.quick.journal.StateFolder;
import io.wgj.quick.journal.UnwritableException;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.SystemSnapshot;
import io.wgj.quick.model.SystemSnapshot.SrcValidMark;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.plan.DownPlanner;
import io.wgj.quick.plan.PlanException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All that one run needs, wired up: the connections to the kernel, the journal, who is told.
final class RunContext implements AutoCloseable {
    private final Job job;
    private final Environment environment;
    private final Narrator narrator;
    private final Interruption interruption;
    private final StateFolder state;
    private final RouteNetlink netlink;
    private final NftFirewall firewall;
    private final JournalFile journalFile;
    private final Journal journal;
    private final DeviceDeeds device;
    private final StepRunner deeds;
    private final OtherJournals others;
    private final SystemInspector inspector;
    private final PlanExecutor executor;
    private @Nullable JournalContent before;
    private boolean hasLooked;

    private RunContext(
            Job job,
            Environment environment,
            Kernel kernel,
            Narrator narrator,
            Interruption interruption,
            StateFolder state,
            RouteNetlink netlink) {
        this.job = job;
        this.environment = environment;
        this.narrator = narrator;
        this.interruption = interruption;
        this.state = state;
        this.netlink = netlink;
        this.firewall = new NftFirewall(kernel);
        this.journalFile = state.journal(job.tunnel().link());
        this.journal = new Journal(journalFile, state.boot());
        this.device = new DeviceDeeds(environment, job.tunnel().link(), job.configuration());
        Sysctls sysctls = new Sysctls(kernel.settings());
        Programs programs = new Programs(environment, interruption);
        this.others = new OtherJournals(state, netlink, narrator);
        this.inspector = new SystemInspector(kernel, netlink, firewall, sysctls, programs, environment, others);
        EngineStart engine =
                new EngineStart(environment, programs, interruption, device, job.configuration(), narrator, journal);
        Hooks hooks = new Hooks(programs, environment.hookTimeout(), job, narrator);
        this.deeds = new StepRunner(netlink, firewall, sysctls, device, engine, programs, hooks, job);
        this.executor = new PlanExecutor(deeds, journal, narrator, interruption);
    }

    static RunContext open(
            Job job,
            Environment environment,
            Kernel kernel,
            Narrator narrator,
            Interruption interruption,
            StateFolder state)
            throws RunException {
        try {
            return new RunContext(job, environment, kernel, narrator, interruption, state, kernel.routing());
        } catch (NetlinkException e) {
            throw new RunException(1, String.valueOf(e.getMessage()));
        }
    }

    Job job() {
        return job;
    }

    Tunnel tunnel() {
        return job.tunnel();
    }

    InterfaceName link() {
        return job.tunnel().link();
    }

    Narrator narrator() {
        return narrator;
    }

    StateFolder state() {
        return state;
    }

    Journal journal() {
        return journal;
    }

    DeviceDeeds device() {
        return device;
    }

    /// What our own engine has been told beyond what every device understands; empty where it is another's.
    Optional<EngineExtras> told() {
        return OwnEngine.told(environment, link());
    }

    SystemInspector inspector() {
        return inspector;
    }

    PlanExecutor executor() {
        return executor;
    }

    /// What the journal said when it was first asked for, before this run wrote to it, if there is one of the present
    /// boot. With ten thousand routes it is half a megabyte, so it is read once.
    Optional<JournalContent> record() throws RunException {
        return Optional.ofNullable(found()).filter(content -> content.isOf(state.boot()));
    }

    /// Ends what a killed run was about to start: it would make the link, and be there for ever.
    void endPendingStart(JournalContent content) {
        if (content.pendingStart().isPresent()) {
            new StartMark(content.pendingStart().get()).endAll(link());
        }
    }

    private @Nullable JournalContent found() throws RunException {
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

    /// Removes a journal of an earlier boot: it speaks of nothing that is there. Reports damage to one that stays.
    void discardStale() throws RunException {
        JournalContent content = found();
        try {
            if (content != null && !content.isOf(state.boot())) {
                journal.delete();
            } else if (content != null && !content.damage().isEmpty()) {
                narrator.remark(journalFile.path() + ": " + content.damage()
                        + "; what the journal does not tell is undone as wg-quick's `down' does");
            }
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        }
    }

    /// What was done to bring the tunnel up.
    List<Step> done(SystemSnapshot snapshot) throws RunException {
        Optional<JournalContent> content = record();
        return content.isPresent() ? content.get().history() : DownPlanner.found(tunnel(), snapshot);
    }

    /// Where the link is that the journal is about.
    Whereabouts whereabouts(JournalContent content) throws RunException {
        try {
            return Whereabouts.of(content, netlink, link().text());
        } catch (NetlinkException e) {
            throw new RunException(1, String.valueOf(e.getMessage()));
        }
    }

    /// From here on the link of that number is deleted, whatever its name is by then.
    void aimAt(int linkIndex) {
        deeds.aimAt(linkIndex);
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

    /// The number of the tunnel's link.
    int linkIndex() throws RunException {
        try {
            return deeds.linkIndex(link()).orElse(0);
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

    /// Keeps other runs for the same interface out until it is closed. Where there is no place for locks there
    /// is none for a journal.
    RunLock lock() throws PlanException, RunException {
        try {
            state.make();
            RunLock lock = RunLock.open(state.lockFile(link()));
            lock.acquire(interruption, narrator);
            return lock;
        } catch (UnwritableException e) {
            journal.lose(String.valueOf(e.getMessage()));
            return RunLock.none();
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        }
    }

    /// Refuses to go on where nothing can be written down.
    void requireJournal() throws PlanException {
        if (!journal.lost().isEmpty()) {
            throw new PlanException(
                    1,
                    "--confirm needs a journal, and there is none: " + journal.lost()
                            + " (in a container, give it --tmpfs /run/wgj)");
        }
    }

    /// Chooses nothing that another run in this namespace chooses at the same time, until it is closed.
    RunLock lockNamespace() throws PlanException, RunException {
        try {
            RunLock lock = journal.lost().isEmpty() ? RunLock.open(state.namespaceLockFile()) : RunLock.none();
            lock.acquire(interruption, narrator);
            return lock;
        } catch (UnwritableException _) {
            return RunLock.none();
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        }
    }

    /// The same for a way back: signals are too late.
    RunLock lockNamespaceLate() throws PlanException, RunException {
        interruption.ignore(true);
        try {
            return lockNamespace();
        } finally {
            interruption.ignore(false);
        }
    }

    /// These steps and the kernel setting that a tunnel that has gone down since has left to this one. The caller holds
    /// the namespace's lock.
    List<Step> withAdopted(List<Step> done) throws RunException {
        boolean isHeir = false;
        for (Step step : done) {
            isHeir |= step instanceof Step.InstallFirewall;
        }
        if (!isHeir) {
            return done;
        }
        List<Step> all = new ArrayList<>(done);
        try {
            Optional<JournalContent> now = Records.present(state, link());
            for (Step step : now.isPresent() ? now.get().history() : List.<Step>of()) {
                if (step instanceof Step.SetSysctl && !all.contains(step)) {
                    all.add(step);
                }
            }
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        }
        return all;
    }

    /// Takes back what was done, as far as that can be, and tells what could not. Where nothing is left, so is no
    /// journal.
    ///
    /// @param done in its order, whether by this run or by an earlier one
    /// @param withLink whether the link is ours to be deleted
    /// @return whether all is taken back
    boolean takeBack(List<Step> done, boolean withLink) throws PlanException, RunException {
        try (RunLock _ = lockNamespaceLate()) {
            List<Step> all = withAdopted(done);
            SrcValidMark now = inspector.srcValidMark(link());
            return finish(executor.takeBack(tunnel(), all, withLink, now), all, now);
        }
    }

    /// After a way back: reports its failures, or removes the journal where there are none. The caller holds the
    /// namespace's lock.
    ///
    /// @param done what was to be taken back
    /// @param before the kernel's setting as it was before that
    boolean finish(List<StepException> failures, List<Step> done, SrcValidMark before) throws RunException {
        for (StepException failure : failures) {
            for (String line : failure.lines()) {
                narrator.line(line);
            }
            narrator.remark("this could not be undone: " + failure.getMessage());
        }
        if (!failures.isEmpty()) {
            narrator.remark("`down " + link() + "' tries again");
            return false;
        }
        try {
            if (before.othersNeedIt()) {
                others.handOver(link(), done);
            }
            journal.delete();
        } catch (UnwritableException e) {
            narrator.remark(e.getMessage() + ": the journal stays, though all it tells is undone");
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
