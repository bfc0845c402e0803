// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.netlink.route.FibNextHop;
import io.wgj.netlink.route.FibRoute;
import io.wgj.netlink.route.RouteType;
import org.jspecify.annotations.Nullable;

/// Checks the source of a packet that comes in: `rp_filter`, and what holds without it. IPv4 only; IPv6 has no
/// such check in routing.
final class ReversePath {
    private static final int STRICT = 1;

    private final HostIndex host;
    private final Ipv4Tables tables;

    ReversePath(HostIndex host, Ipv4Tables tables) {
        this.host = host;
        this.tables = tables;
    }

    /// Throws the refusal of a source that may not come in by the flow's device.
    ///
    /// @param leavingBy the device that the packet will leave by; null when it stays here
    void check(Flow flow, @Nullable String leavingBy, Trace trace) throws RefusedException {
        String device = flow.input();
        int filter = host.larger(device, DeviceSettings::rpFilter);
        boolean acceptsLocal =
                host.forAll().acceptLocal() || host.settings(device).acceptLocal();
        if (filter == 0 && acceptsLocal) {
            return;
        }
        if (filter == 0 && !host.handMadeLocalRoutes() && host.oneTree()) {
            checkIsForeign(flow.source(), trace);
            return;
        }
        lookBack(flow, leavingBy, filter, acceptsLocal);
    }

    /// The short check of a host without rules of its own.
    private void checkIsForeign(IpAddress source, Trace trace) throws RefusedException {
        if (host.ownerOf(source) != null) {
            throw new RefusedException(
                    RouteError.EINVAL,
                    Refusal.Reason.MARTIAN,
                    source.text() + " is an address of this host: martian source");
        }
        if (tables.deviceOfLocal(source) != null) {
            trace.doubt(source.text() + " is local: refused if a local route was ever added by hand");
        }
    }

    private void lookBack(Flow flow, @Nullable String leavingBy, int filter, boolean acceptsLocal)
            throws RefusedException {
        String device = flow.input();
        String source = flow.source().text();
        boolean withMark = host.forAll().srcValidMark() || host.settings(device).srcValidMark();
        Flow back = flow.reversed(
                withMark ? flow.mark() : 0,
                leavingBy == null ? Flow.LOOPBACK : leavingBy,
                host.vrfOf(device),
                host.looksAtPorts());
        Match match;
        try {
            match = tables.find(back.inItsVrf(host), new Trace());
        } catch (RefusedException e) {
            if (filter != 0) {
                throw filtered("no way back to " + source + ": " + e.refusal().text());
            }
            return;
        }
        FibRoute route = match.route();
        boolean local = route.type() == RouteType.LOCAL;
        if (route.type() != RouteType.UNICAST && !(local && acceptsLocal)) {
            throw new RefusedException(
                    RouteError.EINVAL,
                    Refusal.Reason.MARTIAN,
                    "the way back to " + source + " is " + route.text() + ": martian source");
        }
        if (leadsBack(route, device)) {
            return;
        }
        if (filter != 0 && host.addresses(device, IpFamily.V4).isEmpty()) {
            throw filtered("the way back leaves " + device + ", which has no address");
        }
        if (filter == STRICT) {
            String rule = match.rule() == null ? "" : " (rule " + Wording.priority(match.rule()) + ")";
            throw filtered(source + " came in through " + device + ", but the way back is " + route.text() + rule);
        }
    }

    private boolean leadsBack(FibRoute route, String device) {
        for (FibNextHop hop : route.nextHops()) {
            String leaving = hop.device().orElse("");
            if (leaving.equals(device) || host.isVrf(device) && device.equals(host.vrfOf(leaving))) {
                return true;
            }
        }
        return route.type() == RouteType.LOCAL && device.equals(Flow.LOOPBACK);
    }

    private RefusedException filtered(String text) {
        RouteError error = host.kernel().isAtLeast(6, 14) ? RouteError.EINVAL : RouteError.EXDEV;
        return new RefusedException(error, Refusal.Reason.RP_FILTER, text);
    }
}
