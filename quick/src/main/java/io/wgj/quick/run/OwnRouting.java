// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpFamily;
import io.wgj.netlink.route.Link;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.sys.FileStatus;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.transport.NetlinkException;
import io.wgj.quick.journal.Journal;
import io.wgj.quick.journal.JournalException;
import io.wgj.quick.journal.Journals;
import io.wgj.quick.model.NetSteps;
import io.wgj.quick.model.RoutePlace;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.WithdrawnRoute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds the routes and rules that tunnels have added, and that something else has removed since. The journals
/// say what was added. What a run, a hook of `up` or the monitor itself has removed is not missing.
public final class OwnRouting {
    private final Kernel kernel;
    private final String root;

    /// The tunnels of the calling thread's network namespace.
    public OwnRouting() {
        this(new LinuxKernel(), Journals.DEFAULT_ROOT);
    }

    /// @param root of the folders of journals
    OwnRouting(Kernel kernel, String root) {
        this.kernel = kernel;
        this.root = root;
    }

    /// What one tunnel lacks.
    ///
    /// @param index of its link
    public record Missing(InterfaceName link, int index, List<Route> routes, List<PolicyRule> rules) {
        public Missing {
            routes = List.copyOf(routes);
            rules = List.copyOf(rules);
        }
    }

    /// All that was found.
    ///
    /// @param tunnels whose journals could be compared, also those that lack nothing
    /// @param isBusy whether a run of another tunnel goes on, so that it has to be looked at later
    public record Look(List<Missing> tunnels, boolean isBusy) {
        public Look {
            tunnels = List.copyOf(tunnels);
        }
    }

    /// Compares all journals with the kernel.
    public Look look() throws RunException {
        try (RouteNetlink netlink = kernel.routing()) {
            Journals state = Journals.of(root, Namespaces.networkCookie());
            Map<Integer, Link> links = new HashMap<>();
            Map<String, Link> byName = new HashMap<>();
            for (Link link : netlink.links()) {
                links.put(link.index(), link);
                byName.put(link.name(), link);
            }
            List<Missing> tunnels = new ArrayList<>();
            boolean isBusy = false;
            for (InterfaceName name : state.interfaces()) {
                Optional<FileStatus> before = state.file(name).status();
                Optional<Journal> journal = state.present(name);
                Link link = journal.isEmpty()
                        ? null
                        : links.get(journal.get().linkIndex().orElse(0));
                if (link == null || !link.name().equals(name.text())) {
                    continue;
                }
                if (!journal.get().complete()) {
                    isBusy = true;
                    continue;
                }
                Missing missing = compare(name, journal.get(), link, byName, netlink);
                if (state.file(name).status().equals(before)) {
                    tunnels.add(missing);
                } else {
                    isBusy = true;
                }
            }
            return new Look(tunnels, isBusy);
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        } catch (NetlinkException | SystemException e) {
            throw new RunException(1, String.valueOf(e.getMessage()));
        }
    }

    private static Missing compare(
            InterfaceName name, Journal journal, Link link, Map<String, Link> links, RouteNetlink netlink)
            throws NetlinkException {
        Set<Object> undone = new HashSet<>();
        for (Step step : journal.hooks().steps()) {
            undone.add(step.identity());
        }
        Set<RoutePlace> withdrawn = new HashSet<>();
        for (WithdrawnRoute route : journal.withdrawn()) {
            withdrawn.add(route.place());
        }
        Map<Part, Set<RoutePlace>> there = new HashMap<>();
        List<Route> routes = new ArrayList<>();
        List<PolicyRule> rules = new ArrayList<>();
        for (Step.Lasting step : NetSteps.of(journal.history())) {
            if (undone.contains(step.identity())) {
                continue;
            }
            if (step instanceof Step.AddRule(PolicyRule rule)) {
                rules.add(rule);
            } else if (step instanceof Step.AddRoute(Route route)) {
                RoutePlace place = RoutePlace.of(route);
                if (!withdrawn.contains(place)
                        && !places(Part.of(route), there, links, netlink).contains(place)) {
                    routes.add(route);
                }
            }
        }
        if (!rules.isEmpty()) {
            rules.removeAll(new HashSet<>(netlink.rules().list()));
        }
        return new Missing(name, link.index(), routes, rules);
    }

    /// What one listing of the kernel covers: a whole routing table may have a million routes of others.
    private record Part(IpFamily family, int table, Optional<String> device) {
        static Part of(Route route) {
            return new Part(route.family(), route.table(), route.device());
        }
    }

    private static Set<RoutePlace> places(
            Part part, Map<Part, Set<RoutePlace>> known, Map<String, Link> links, RouteNetlink netlink)
            throws NetlinkException {
        Set<RoutePlace> places = known.get(part);
        if (places == null) {
            places = new HashSet<>();
            for (Route route : list(part, links, netlink)) {
                places.add(RoutePlace.of(route));
            }
            known.put(part, places);
        }
        return places;
    }

    private static List<Route> list(Part part, Map<String, Link> links, RouteNetlink netlink) throws NetlinkException {
        if (part.device().isEmpty()) {
            return netlink.routes().list(part.family(), part.table());
        }
        Link link = links.get(part.device().get());
        return link == null ? List.of() : netlink.routes().list(part.family(), part.table(), link);
    }
}
