// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.host;

import io.wgj.diagnosis.routing.FlowQuestion;
import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.diagnosis.routing.KernelAnswer;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.transport.NetlinkException;
import java.util.List;
import java.util.Set;

/// A host whose routes are looked up, in a snapshot and by its kernel: the port to the system, which tests
/// replace.
public interface RoutingHost {
    /// What is there now: the routes of the tables that packets can reach.
    ///
    /// @param link whose routes are read from all tables
    /// @param tables more tables that are read
    HostSnapshot snapshot(String link, Set<Integer> tables) throws NetlinkException;

    /// The kernel's own answers, in the order of the questions.
    ///
    /// @param snapshot names the devices
    List<KernelAnswer> ask(HostSnapshot snapshot, List<FlowQuestion> questions) throws NetlinkException;

    /// The network namespace of the calling thread.
    static RoutingHost linux() {
        return new RoutingHost() {
            @Override
            public HostSnapshot snapshot(String link, Set<Integer> tables) throws NetlinkException {
                try (RouteNetlink netlink = RouteNetlink.open()) {
                    return new SnapshotReader(netlink).read(link, tables);
                }
            }

            @Override
            public List<KernelAnswer> ask(HostSnapshot snapshot, List<FlowQuestion> questions) throws NetlinkException {
                try (RouteNetlink netlink = RouteNetlink.open()) {
                    return new KernelRoutes(netlink, snapshot).ask(questions);
                }
            }
        };
    }
}
