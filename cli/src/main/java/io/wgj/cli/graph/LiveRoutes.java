// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.graph;

import io.wgj.cli.graph.GraphSource.Fact;
import io.wgj.config.device.DeviceState;
import io.wgj.config.net.IpPrefix;
import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.netlink.route.FibNextHop;
import io.wgj.netlink.route.FibRoute;
import io.wgj.netlink.route.RouteType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The routes that lead into an interface, in lines for a drawing.
final class LiveRoutes {
    /// linux/rtnetlink.h: `RT_TABLE_MAIN`.
    private static final int MAIN = 254;

    private LiveRoutes() {}

    /// A line for each table: `routes`, `10.0.0.0/24`; `table 77`, `0.0.0.0/0`.
    static List<Fact> facts(HostSnapshot host, DeviceState state) {
        Map<Integer, List<IpPrefix>> tables = new LinkedHashMap<>();
        for (FibRoute route : host.routes()) {
            if (route.type() == RouteType.UNICAST
                    && leadsInto(route, state.name().text())) {
                tables.computeIfAbsent(route.table(), table -> new ArrayList<>())
                        .add(route.destination());
            }
        }
        List<Fact> facts = new ArrayList<>();
        tables.forEach((table, prefixes) -> facts.add(new Fact(
                table == MAIN ? "routes" : "table " + Integer.toUnsignedString(table),
                Prefixes.few(prefixes, Prefixes.FEW))));
        return facts;
    }

    private static boolean leadsInto(FibRoute route, String link) {
        for (FibNextHop hop : route.nextHops()) {
            if (hop.device().filter(link::equals).isPresent()) {
                return true;
            }
        }
        return false;
    }
}
