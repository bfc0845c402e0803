// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.file.Located;
import io.wgj.config.file.RouteTable;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.TableNames;
import io.wgj.quick.model.HostView;
import io.wgj.quick.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Plans routes into the tunnel for the allowed IPs of all peers.
final class PeerRoutes {
    private final PlanBuilder builder;
    private final String link;

    private PeerRoutes(PlanBuilder builder) {
        this.builder = builder;
        this.link = builder.tunnel().link().text();
    }

    static void plan(PlanBuilder builder) throws PlanException {
        new PeerRoutes(builder).plan();
    }

    /// The number of a table. Refuses an unknown name with ip(8)'s words and exit code.
    static int table(HostView snapshot, RouteTable.Named table) throws PlanException {
        OptionalInt number = snapshot.tables().number(table.name());
        if (number.isEmpty()) {
            throw new PlanException(
                    255, "Error: argument \"" + table.name() + "\" is wrong: \"table\" value is invalid");
        }
        return number.getAsInt();
    }

    private void plan() throws PlanException {
        RouteTable table = builder.tunnel().section().table();
        List<IpPrefix> prefixes = inOrder(builder.device().allowedIps());
        if (table instanceof RouteTable.Auto) {
            automatic(prefixes);
        } else if (table instanceof RouteTable.Numbered numbered) {
            into(numbered.number(), prefixes);
        } else if (table instanceof RouteTable.Named named) {
            into(table(builder.snapshot(), named), prefixes);
        }
    }

    private void into(int table, List<IpPrefix> prefixes) {
        for (IpPrefix prefix : prefixes) {
            builder.addRoute(Route.onLink(prefix, link, table, Route.PROTOCOL_WGJ));
        }
    }

    private void automatic(List<IpPrefix> prefixes) throws PlanException {
        List<IpPrefix> there = alreadyRouted();
        List<IpPrefix> presumed = isOnlyPlanned() ? connected() : List.of();
        for (IpPrefix prefix : prefixes) {
            if (prefix.length() == 0) {
                DefaultRoute.plan(builder, prefix.family());
                continue;
            }
            Route route = Route.onLink(prefix, link, TableNames.MAIN, Route.PROTOCOL_WGJ);
            if (isCovered(prefix, there) ? builder.keeps(route) : !isCovered(prefix, presumed)) {
                builder.addRoute(route);
            } else if (!isCovered(prefix, there)) {
                builder.presume(prefix);
            }
        }
    }

    private static boolean isCovered(IpPrefix wanted, List<IpPrefix> routes) {
        for (IpPrefix route : routes) {
            if (route.contains(wanted)) {
                return true;
            }
        }
        return false;
    }

    /// The destinations that the main table already routes into the link before the first peer's route: the
    /// link's routes, and the file's.
    private List<IpPrefix> alreadyRouted() {
        List<IpPrefix> there = new ArrayList<>();
        List<Route> shown = builder.upLink().isPresent()
                ? builder.upLink().get().routes()
                : builder.snapshot().routes();
        for (Route route : shown) {
            addIfHere(route, there);
        }
        for (Step.AddRoute add : Step.select(builder.steps(), Step.AddRoute.class)) {
            addIfHere(add.route(), there);
        }
        return there;
    }

    /// Whether the link does not exist yet, so that its routes are not known.
    private boolean isOnlyPlanned() {
        return builder.upLink().isEmpty() && builder.snapshot().link(link).isEmpty();
    }

    /// The routes that the kernel will add for the file's addresses.
    private List<IpPrefix> connected() {
        List<IpPrefix> connected = new ArrayList<>();
        for (Located<IpPrefix> address : builder.tunnel().section().addresses()) {
            EarlierRoutes.connected(address.value()).ifPresent(connected::add);
        }
        return connected;
    }

    private void addIfHere(Route route, List<IpPrefix> there) {
        boolean here = route.device().isPresent() && route.device().get().equals(link);
        if (here && route.table() == TableNames.MAIN) {
            there.add(route.destination());
        }
    }

    /// The prefixes in wg-quick's order: longer prefixes first, those of one length in descending order of
    /// their text.
    static List<IpPrefix> inOrder(List<IpPrefix> prefixes) {
        List<Text> texts = new ArrayList<>(prefixes.size());
        for (IpPrefix prefix : prefixes) {
            texts.add(new Text(prefix.text(), prefix));
        }
        texts.sort((left, right) -> left.prefix.length() == right.prefix.length()
                ? right.text.compareTo(left.text)
                : right.prefix.length() - left.prefix.length());
        List<IpPrefix> ordered = new ArrayList<>(texts.size());
        for (Text text : texts) {
            ordered.add(text.prefix);
        }
        return ordered;
    }

    private record Text(String text, IpPrefix prefix) {}
}
