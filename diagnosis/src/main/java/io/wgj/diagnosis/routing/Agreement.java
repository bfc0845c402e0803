// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.netlink.route.FibNextHop;
import io.wgj.netlink.route.FibRoute;
import io.wgj.netlink.route.RouteType;
import io.wgj.netlink.route.TableNames;
import io.wgj.netlink.sys.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Compares an answer of ours with the kernel's. Where the kernel may choose, its answer must be one of ours.
public final class Agreement {
    private Agreement() {}

    /// What differs, a clause; empty when the answers agree.
    public static Optional<String> difference(FlowQuestion question, LookupResult ours, KernelAnswer kernel) {
        String difference = firstDifference(question, ours, kernel);
        return difference.isEmpty() ? Optional.empty() : Optional.of(difference);
    }

    private static String firstDifference(FlowQuestion question, LookupResult ours, KernelAnswer kernel) {
        if (ours.refusal().isPresent() || kernel.way().isEmpty()) {
            return errorDifference(ours, kernel);
        }
        FibRoute way = kernel.way().get();
        if (way.type() != ours.type() && !isSentAsUnicast(way.type(), ours.type())) {
            return "the kernel's type is " + way.type().word() + ", not "
                    + ours.type().word();
        }
        String difference = choiceDifference(question, ours, way);
        return difference.isEmpty() ? matchDifference(ours, kernel) : difference;
    }

    private static String errorDifference(LookupResult ours, KernelAnswer kernel) {
        if (kernel.way().isPresent()) {
            return "the kernel has a way, and not "
                    + ours.refusal().map(refusal -> refusal.error().sentence()).orElse("");
        }
        int number = kernel.error().orElse(0);
        String sentence = new Errno(number).sentence();
        if (ours.refusal().isEmpty()) {
            return "the kernel says: " + sentence;
        }
        RouteError error = ours.refusal().get().error();
        return error.number() == number ? "" : "the kernel says: " + sentence + ", not " + error.sentence();
    }

    private static boolean isSentAsUnicast(RouteType kernel, RouteType ours) {
        return ours == RouteType.UNICAST && (kernel == RouteType.BROADCAST || kernel == RouteType.MULTICAST);
    }

    private static String choiceDifference(FlowQuestion question, LookupResult ours, FibRoute way) {
        FibNextHop hop = way.nextHops().getFirst();
        String device = hop.device().orElse("");
        List<NextHopChoice> fitting = new ArrayList<>();
        for (NextHopChoice choice : ours.choices()) {
            if (choice.device().equals(device) && choice.gateway().equals(hop.gateway())) {
                fitting.add(choice);
            }
        }
        if (fitting.isEmpty()) {
            return ours.mayLeaveBy(device)
                    ? "the kernel's gateway is "
                            + hop.gateway().map(IpAddress::text).orElse("none")
                    : "the kernel's device is " + device;
        }
        for (NextHopChoice choice : fitting) {
            if (choice.source().isEmpty() || isSource(choice.source().get(), question, way)) {
                return "";
            }
        }
        return "the kernel's source address is "
                + way.preferredSource().map(IpAddress::text).orElse("none");
    }

    private static boolean isSource(IpAddress ours, FlowQuestion question, FibRoute way) {
        if (way.preferredSource().isPresent()) {
            return way.preferredSource().get().equals(ours);
        }
        return question.source().filter(ours::equals).isPresent() || ours.equals(IpAddress.unspecified(IpFamily.V4));
    }

    private static String matchDifference(LookupResult ours, KernelAnswer kernel) {
        if (ours.route().isEmpty()) {
            return kernel.matched().isEmpty() ? "" : "the kernel has a route for it";
        }
        if (kernel.matched().isEmpty()) {
            return "the kernel names no route for it";
        }
        FibRoute expected = ours.route().get();
        FibRoute matched = kernel.matched().get();
        boolean sameTable = matched.table() == expected.table() || ours.oneTree() && matched.table() == TableNames.MAIN;
        if (!sameTable) {
            return "the kernel's table is " + Wording.table(matched.table());
        }
        if (!matched.destination().equals(expected.destination())) {
            return "the kernel's route is " + matched.text();
        }
        return matched.metric() == expected.metric() && matched.typeOfService() == expected.typeOfService()
                ? ""
                : "the kernel's route is " + matched.text();
    }
}
