// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.config.net.IpFamily;
import io.wgj.netlink.route.FibRoute;
import java.util.ArrayList;
import java.util.List;

/// Looks up routes in a [HostSnapshot] as the kernel does. Build one for many questions: it arranges the snapshot
/// once.
public final class RouteLookup {
    private final HostSnapshot snapshot;
    private final HostIndex host;
    private final Ipv4Lookup ipv4;
    private final Ipv6Lookup ipv6;

    public RouteLookup(HostSnapshot snapshot) {
        this.snapshot = snapshot;
        host = new HostIndex(snapshot);
        ipv4 = new Ipv4Lookup(host);
        ipv6 = new Ipv6Lookup(host);
    }

    /// The host that is asked.
    public HostSnapshot snapshot() {
        return snapshot;
    }

    /// The way of a packet, or the kernel's refusal.
    public LookupResult find(FlowQuestion question) {
        boolean isV4 = question.family() == IpFamily.V4;
        Answer answer = new Answer(isV4 && host.oneTree());
        for (String reason : snapshot.notJudged()) {
            answer.doubt(reason);
        }
        try {
            if (isV4) {
                ipv4.find(question, answer);
            } else {
                ipv6.find(question, answer);
            }
            LookupResult result = answer.result();
            if (result.route().filter(FibRoute::encapsulated).isPresent()) {
                answer.doubt("not judged: the route wraps packets in another protocol (encap)");
                return answer.result();
            }
            return result;
        } catch (RefusedException e) {
            return answer.refused(e.refusal());
        }
    }

    /// The routes of every table that cover the destination, whether or not a rule leads there: the longest
    /// destination of a table first.
    public List<FibRoute> covering(FlowQuestion question) {
        List<FibRoute> found = new ArrayList<>();
        for (PrefixTable table : host.allTables(question.family())) {
            for (List<FibRoute> ofDestination : table.covering(question.destination())) {
                found.addAll(ofDestination);
            }
        }
        return found;
    }
}
