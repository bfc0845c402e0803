// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpFamily;
import io.wgj.netlink.route.IpRouteSyntax;
import io.wgj.netlink.route.Link;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.route.TableNames;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.transport.NetlinkException;
import io.wgj.quick.model.Step;
import java.util.Optional;

/// Finds out from the host why the kernel refused a step, and what to do. Only used when a step has failed.
final class KernelHints {
    private static final int LEAST_MTU_OF_IPV6 = 1280;
    private static final long USUAL_METRIC_OF_IPV6 = 1024;

    private final RouteNetlink netlink;
    private final Sysctls sysctls;
    private final InterfaceName tunnel;
    private final TableNames tables = new TableFiles();

    KernelHints(RouteNetlink netlink, Sysctls sysctls, InterfaceName tunnel) {
        this.netlink = netlink;
        this.sysctls = sysctls;
        this.tunnel = tunnel;
    }

    /// The failure of a step, with a hint if its cause is known.
    StepException explained(Step step, NetlinkException refusal) {
        StepException failure = Failures.ofRoute(refusal);
        try {
            Optional<String> hint = hint(step, refusal);
            return hint.isPresent() ? failure.withHint(hint.get()) : failure;
        } catch (NetlinkException _) {
            // The failure counts even if there is no hint.
            return failure;
        }
    }

    private Optional<String> hint(Step step, NetlinkException refusal) throws NetlinkException {
        if (refusal.missingLink().isPresent()) {
            return Optional.empty();
        }
        if (step instanceof Step.AddRoute add) {
            Route route = add.route();
            boolean taken = refusal.errno().is(Errno.EEXIST);
            return taken
                    ? inTheWay(route)
                    : route.family() == IpFamily.V6 ? withoutIpv6(route.device()) : Optional.empty();
        }
        if (step instanceof Step.AddAddress add && add.address().address().family() == IpFamily.V6) {
            return refusal.errno().is(Errno.EEXIST)
                    ? Optional.empty()
                    : withoutIpv6(Optional.of(add.link().text()));
        }
        if (step instanceof Step.AddRule add) {
            PolicyRule rule = add.rule();
            return rule.family() == IpFamily.V6 ? withoutIpv6(Optional.empty()) : Optional.empty();
        }
        return Optional.empty();
    }

    /// The hint for a route whose place another route has: the same destination, table and metric.
    private Optional<String> inTheWay(Route wanted) throws NetlinkException {
        for (Route route : netlink.routes().list(wanted.family(), wanted.table())) {
            if (route.destination().equals(wanted.destination()) && metric(route) == metric(wanted)) {
                String table = tables.text(wanted.table());
                String by = route.device().isPresent() ? route.device().get() + " has" : "table " + table + " has";
                String command = "ip -" + route.family().version() + " route show "
                        + (wanted.table() == TableNames.MAIN ? "" : "table " + table + " ")
                        + wanted.destination().text();
                return Optional.of(by + " the route to " + wanted.destination().text() + " already: "
                        + IpRouteSyntax.format(route, tables) + " (`" + command + "'); delete it, narrow the prefix, or"
                        + " write `Table = off'");
            }
        }
        return Optional.empty();
    }

    private static long metric(Route route) {
        return route.metric().isPresent()
                ? Integer.toUnsignedLong(route.metric().getAsInt())
                : route.family() == IpFamily.V6 ? USUAL_METRIC_OF_IPV6 : 0;
    }

    /// The hint for a link or a host without IPv6.
    private Optional<String> withoutIpv6(Optional<String> device) throws NetlinkException {
        if (!sysctls.exists("net.ipv6.conf.all")) {
            return Optional.of(
                    "this kernel runs without IPv6 (ipv6.disable=1, or no module ipv6); take the IPv6 addresses"
                            + " and prefixes out of the file");
        }
        String link = device.orElse(tunnel.text());
        if (sysctls.isOn("net.ipv6.conf", link, "disable_ipv6")) {
            return Optional.of(
                    "IPv6 is switched off for " + link + " (net.ipv6.conf." + link + ".disable_ipv6 = 1); switch"
                            + " it on with `sysctl -w net.ipv6.conf.all.disable_ipv6=0' (a container is started with"
                            + " `--sysctl net.ipv6.conf.all.disable_ipv6=0'), or take the IPv6 out of the file");
        }
        Optional<Link> found = netlink.link(link);
        if (found.isPresent() && found.get().mtu() < LEAST_MTU_OF_IPV6) {
            return Optional.of(link + " carries no IPv6: its MTU is "
                    + found.get().mtu() + ", and IPv6 needs " + LEAST_MTU_OF_IPV6);
        }
        return Optional.empty();
    }
}
