// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.engine.uapi.EngineExtras;
import io.wgj.netlink.route.Link;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.transport.NetlinkException;
import io.wgj.quick.plan.DownPlanner;
import io.wgj.quick.plan.Step;
import io.wgj.quick.plan.SystemSnapshot;
import io.wgj.quick.plan.SystemSnapshot.SrcValidMark;
import io.wgj.quick.plan.Tunnel;
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
        this.inspector = new SystemInspector(
                kernel,
                netlink,
                firewall,
                sysctls,
                programs,
                environment,
                except -> Records.othersNeedSrcValidMark(state, except));
        EngineStart engine =
                new EngineStart(environment, programs, interruption, device, job.configuration(), narrator, journal);
        Hooks hooks = new Hooks(programs, environment.hookTimeout(), job, narrator);
        Deeds deeds = new StepRunner(netlink, firewall, sysctls, device, engine, programs, hooks, job);
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
        return Optional.ofNullable(found()).filter(content -> content.boot().equals(state.boot()));
    }

    /// Ends what a killed run was about to start: it would make the link, and be there for ever.
    void endPendingStart(JournalContent content) {
        if (content.pendingStart().isPresent()) {
            content.pendingStart().get().endAll(link());
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

    /// Removes a journal of an earlier boot: it speaks of nothing that is there.
    void discardStale() throws RunException {
        JournalContent content = found();
        try {
            if (content != null && !content.boot().equals(state.boot())) {
                journal.delete();
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

    /// Whether the link that is there is the one that the journal speaks of.
    boolean isOurs(JournalContent content) throws RunException {
        try {
            Optional<Link> link = netlink.link(link().text());
            return link.isPresent()
                    && content.isAbout(link.get().index(), link.get().isUp());
        } catch (NetlinkException e) {
            throw new RunException(1, String.valueOf(e.getMessage()));
        }
    }

    /// Chooses nothing that another run in this namespace chooses at the same time, until it is closed.
    RunLock lockNamespace() throws RunException {
        try {
            RunLock lock = state.lockNamespace();
            lock.acquire(interruption);
            return lock;
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        }
    }

    /// Takes back what was done, as far as that can be, and tells what could not. Where nothing is left, so is no
    /// journal.
    ///
    /// @param done in its order, whether by this run or by an earlier one
    /// @param withLink whether the link is ours to be deleted
    /// @return whether all is taken back
    boolean takeBack(List<Step> done, boolean withLink) throws RunException {
        SrcValidMark now = inspector.srcValidMark(link());
        return finish(executor.takeBack(tunnel(), done, withLink, now), done, now);
    }

    /// After a way back: tells its failures, or removes the journal where there are none.
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
                Records.handOver(state, link(), done);
            }
            journal.delete();
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
