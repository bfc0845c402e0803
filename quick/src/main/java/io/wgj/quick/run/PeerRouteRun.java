// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.file.QuickConfigParser;
import io.wgj.config.file.QuickFile;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.InterfaceName;
import io.wgj.netlink.route.Link;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.SystemException;
import io.wgj.quick.journal.Journal;
import io.wgj.quick.journal.JournalException;
import io.wgj.quick.journal.JournalWriter;
import io.wgj.quick.journal.Journals;
import io.wgj.quick.model.RoutesOfPeer;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.plan.RouteOwners;
import io.wgj.quick.plan.WithdrawalPlanner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Withdraws the routes of peers that are down, and restores them. Each run brings all routes of one tunnel to
/// what is wanted, so it can be repeated at any time, also after a kill.
///
/// A run records each step in the tunnel's journal first, as `up` does. It touches only a tunnel that has a
/// journal of this boot whose runs have ended, and only the link that this journal is about.
public final class PeerRouteRun {
    private final Environment environment;
    private final Kernel kernel;
    private final ProgressListener listener;
    private final String root;

    public PeerRouteRun(Environment environment, ProgressListener listener) {
        this(environment, new LinuxKernel(), listener, Journals.DEFAULT_ROOT);
    }

    /// @param root of the folders of journals and locks
    public PeerRouteRun(Environment environment, Kernel kernel, ProgressListener listener, String root) {
        this.environment = environment;
        this.kernel = kernel;
        this.listener = listener;
        this.root = root;
    }

    /// How a run went.
    public enum Outcome {
        /// Every route is as it is wanted, except for those of [Result#remarks].
        DONE,
        /// Another run holds the interface's lock, or has not come to its end. Nothing was done.
        BUSY,
        /// The tunnel has no journal, or its journal is about another link. Nothing was done.
        NO_JOURNAL
    }

    /// What a run did.
    ///
    /// @param withdrawn the routes that left the tunnel, by their peers
    /// @param restored the routes that lead into the tunnel again
    /// @param remarks sentences about routes that are not as they are wanted
    public record Result(
            Outcome outcome,
            Map<PublicKey, List<Route>> withdrawn,
            Map<PublicKey, List<Route>> restored,
            List<String> remarks) {
        public Result {
            withdrawn = Map.copyOf(withdrawn);
            restored = Map.copyOf(restored);
            remarks = List.copyOf(remarks);
        }

        private static Result nothing(Outcome outcome) {
            return new Result(outcome, Map.of(), Map.of(), List.of());
        }
    }

    /// Brings the routes of all peers to what is wanted. Returns at once when another run has the lock.
    ///
    /// @param linkIndex of the link whose peers these are
    /// @param peers all peers of the device
    public Result run(InterfaceName link, int linkIndex, List<RoutesOfPeer> peers) throws RunException {
        Journals state = state();
        TunnelRequest request = new TunnelRequest(
                new Tunnel(
                        link,
                        QuickConfigParser.parse(QuickFile.of(link + ".conf", "[Interface]\n"))
                                .readable()),
                "",
                new TunnelRequest.NoConfiguration(),
                _ -> {});
        try (RunContext context = RunContext.open(request, environment, kernel, listener, new Interruption(), state)) {
            Optional<RunLock> lock = context.tryLock();
            if (lock.isEmpty()) {
                return Result.nothing(Outcome.BUSY);
            }
            try (RunLock _ = lock.get()) {
                return locked(context, linkIndex, peers);
            }
        }
    }

    private static Result locked(RunContext context, int linkIndex, List<RoutesOfPeer> peers) throws RunException {
        Optional<Journal> content = context.record();
        if (content.isEmpty() || !context.journal().lost().isEmpty()) {
            return Result.nothing(Outcome.NO_JOURNAL);
        }
        Journal journal = content.get();
        Optional<Link> own = context.location(journal).own();
        if (own.isEmpty()
                || own.get().index() != linkIndex
                || !own.get().name().equals(context.link().text())) {
            return Result.nothing(Outcome.NO_JOURNAL);
        }
        if (!journal.complete() && !journal.interruptedRoutes()) {
            return Result.nothing(Outcome.BUSY);
        }
        boolean withdraws = false;
        for (RoutesOfPeer peer : peers) {
            withdraws |= peer.mode().withdraws();
        }
        if (!withdraws && journal.withdrawn().isEmpty() && journal.complete()) {
            return Result.nothing(Outcome.DONE);
        }
        WithdrawalPlanner.Result plan = WithdrawalPlanner.plan(
                context.link(),
                peers,
                journal.history(),
                journal.withdrawn(),
                context.inspector().routingState(context.tunnel()).routes());
        if (plan.isEmpty() && journal.complete()) {
            return done(plan, peers, List.of());
        }
        try {
            return done(plan, peers, perform(context.journal(), context.executor(), plan));
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        }
    }

    /// Performs a plan. Returns the steps that failed; the others are performed all the same.
    static List<StepException> perform(JournalWriter journal, PlanExecutor executor, WithdrawalPlanner.Result plan)
            throws JournalException, RunException {
        journal.begin("routes");
        journal.withdrawn(plan.withdrawn());
        journal.adopt(plan.adopted());
        if (!journal.lost().isEmpty()) {
            throw new RunException(1, journal.lost());
        }
        List<StepException> failures = executor.unwind(plan.steps());
        if (failures.isEmpty()) {
            journal.returned(plan.returned());
        }
        journal.end();
        return failures;
    }

    private static Result done(WithdrawalPlanner.Result plan, List<RoutesOfPeer> peers, List<StepException> failures) {
        RouteOwners owners = new RouteOwners(peers);
        Map<PublicKey, List<Route>> withdrawn = new LinkedHashMap<>();
        Map<PublicKey, List<Route>> restored = new LinkedHashMap<>();
        for (Step step : plan.steps()) {
            if (step instanceof Step.DeleteRoute delete && isIntoTunnel(delete.route())) {
                add(withdrawn, owners, delete.route());
            } else if (step instanceof Step.AddRoute add && isIntoTunnel(add.route())) {
                add(restored, owners, add.route());
            } else if (step instanceof Step.ReplaceRoute replace) {
                if (isIntoTunnel(replace.route())) {
                    add(restored, owners, replace.route());
                } else {
                    add(withdrawn, owners, replace.before());
                }
            }
        }
        List<String> remarks = new ArrayList<>();
        for (Route route : plan.taken()) {
            remarks.add("the route to " + route.destination() + " does not return: another route has its place");
        }
        for (StepException failure : failures) {
            remarks.add("a route could not be changed: " + failure.getMessage());
        }
        return new Result(Outcome.DONE, withdrawn, restored, remarks);
    }

    private static void add(Map<PublicKey, List<Route>> routes, RouteOwners owners, Route route) {
        Optional<RoutesOfPeer> owner = owners.of(route.destination());
        if (owner.isPresent()) {
            routes.computeIfAbsent(owner.get().peer(), _ -> new ArrayList<>()).add(route);
        }
    }

    /// Only stand-ins have no device.
    private static boolean isIntoTunnel(Route route) {
        return route.device().isPresent();
    }

    /// A value that changes with the tunnel's journal: another run has changed what this one would do.
    public Object journalStamp(InterfaceName link) throws RunException {
        try {
            return state().file(link).status();
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        }
    }

    private Journals state() throws RunException {
        try {
            return Journals.of(root, Namespaces.networkCookie());
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        } catch (SystemException e) {
            throw new RunException(1, "the network namespace has no number: " + e.getMessage());
        }
    }
}
