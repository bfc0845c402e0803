// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_CREATE;
import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_EXCL;
import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_REPLACE;

import io.wgj.config.net.IpFamily;
import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.transport.MessageHandler;
import io.wgj.netlink.transport.NetlinkBatch;
import io.wgj.netlink.transport.NetlinkConnection;
import io.wgj.netlink.transport.NetlinkConnection.OnInterruption;
import io.wgj.netlink.transport.NetlinkException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.function.IntFunction;

/// Lists and changes routes over the connection of a [RouteNetlink], which creates and closes it. Listing and
/// looking up need no privilege, changing needs CAP_NET_ADMIN.
public final class Routes {
    private static final int RTM_NEWROUTE = 24;
    private static final int RTM_DELROUTE = 25;
    private static final int RTM_GETROUTE = 26;

    private final NetlinkConnection connection;
    private final LinkIndexes links;

    Routes(NetlinkConnection connection, LinkIndexes links) {
        this.connection = connection;
        this.links = links;
    }

    /// The routes of all tables, IPv4 first, in the kernel's order.
    public List<Route> list() throws NetlinkException {
        return list(links.namesOfNow());
    }

    /// The same, where the caller knows the links of this moment.
    public List<Route> list(List<Link> known) throws NetlinkException {
        return list(links.names(known));
    }

    private List<Route> list(LinkIndexes.Names names) throws NetlinkException {
        List<Route> all = new ArrayList<>(list(IpFamily.V4, OptionalInt.empty(), names));
        all.addAll(list(IpFamily.V6, OptionalInt.empty(), names));
        return all;
    }

    /// The routes of one table and family, in the kernel's order; none when the table does not exist.
    ///
    /// @param table 32 bits unsigned
    public List<Route> list(IpFamily family, int table) throws NetlinkException {
        return list(family, OptionalInt.of(table), links.namesOfNow());
    }

    /// The routes of one table and family with one output link, as `ip route show dev DEVICE` lists them. The
    /// kernel filters where it can, so that a full routing table costs little.
    ///
    /// @param table 32 bits unsigned
    public List<Route> list(IpFamily family, int table, Link link) throws NetlinkException {
        AttributeWriter request = request(family, OptionalInt.of(table)).u32(RouteCodec.RTA_OIF, link.index());
        IntFunction<String> names = index -> index == link.index() ? link.name() : "";
        List<Route> byLink = new ArrayList<>();
        for (Route route : list(request, OptionalInt.of(table), names)) {
            if (route.device().isPresent() && route.device().get().equals(link.name())) {
                byLink.add(route);
            }
        }
        return byLink;
    }

    private List<Route> list(IpFamily family, OptionalInt table, IntFunction<String> names) throws NetlinkException {
        return list(request(family, table), table, names);
    }

    private static AttributeWriter request(IpFamily family, OptionalInt table) {
        AttributeWriter request = AttributeWriter.inNativeOrder().header(RouteCodec.header(family.number()));
        table.ifPresent(number -> request.u32(RouteCodec.RTA_TABLE, number));
        return request;
    }

    private List<Route> list(AttributeWriter request, OptionalInt table, IntFunction<String> names)
            throws NetlinkException {
        try {
            return connection.dump(
                            "list routes",
                            RTM_GETROUTE,
                            request.payload(),
                            OnInterruption.RESTART,
                            () -> new Collector(table, names))
                    .routes;
        } catch (NetlinkException e) {
            if (table.isPresent() && e.errno().is(Errno.ENOENT)) {
                return List.of();
            }
            throw e;
        }
    }

    /// Adds a route. `EEXIST` when its table has a route to the same destination with the same metric;
    /// `ENODEV` also when the link does not carry the family. [NetlinkException#missingLink] names a link
    /// that does not exist.
    public void add(Route route) throws NetlinkException {
        change("add", RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL, route);
    }

    /// Replaces the route with the same destination and metric, or adds one where there is none. No packet
    /// finds the table without either.
    public void replace(Route route) throws NetlinkException {
        change("replace", RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE, route);
    }

    /// Deletes the route that matches the whole record, its protocol included; `ESRCH` when there is none.
    public void delete(Route route) throws NetlinkException {
        change("delete", RTM_DELROUTE, 0, route);
    }

    /// Adds many routes at once. Returns the refused ones by their place in the list; all others were added.
    /// When a link does not exist, nothing is added and [NetlinkException#missingLink] names it.
    public SortedMap<Integer, NetlinkException> addAll(List<Route> routes) throws NetlinkException {
        return changeAll("add", RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL, routes);
    }

    /// Deletes many routes at once, as [#addAll] adds them.
    public SortedMap<Integer, NetlinkException> deleteAll(List<Route> routes) throws NetlinkException {
        return changeAll("delete", RTM_DELROUTE, 0, routes);
    }

    private SortedMap<Integer, NetlinkException> changeAll(String verb, int type, int flags, List<Route> routes)
            throws NetlinkException {
        NetlinkBatch batch = new NetlinkBatch(connection);
        Map<String, Integer> indexes = new HashMap<>();
        for (Route route : routes) {
            int index = 0;
            if (route.device().isPresent()) {
                String name = route.device().get();
                Integer known = indexes.get(name);
                index = known == null ? links.existing(name) : known;
                indexes.put(name, index);
            }
            AttributeWriter request = AttributeWriter.inNativeOrder();
            RouteCodec.encode(request, route, index);
            batch.add(type, flags, request.payload());
        }
        return batch.send(verb + " " + routes.size() + " routes", (index, message) -> {});
    }

    /// Looks up many packets, as [#get] looks up one: each result is a route or the kernel's refusal.
    public List<Way> getAll(List<RouteQuery> queries) throws NetlinkException {
        return getAll(queries, links.namesOfNow());
    }

    /// The same, where the caller knows the links of this moment.
    public List<Way> getAll(List<RouteQuery> queries, List<Link> known) throws NetlinkException {
        return getAll(queries, links.names(known));
    }

    private List<Way> getAll(List<RouteQuery> queries, LinkIndexes.Names names) throws NetlinkException {
        NetlinkBatch batch = new NetlinkBatch(connection);
        for (RouteQuery query : queries) {
            AttributeWriter request = AttributeWriter.inNativeOrder();
            query.encode(request);
            batch.add(RTM_GETROUTE, 0, request.payload());
        }
        Map<Integer, Route> found = new HashMap<>();
        SortedMap<Integer, NetlinkException> refused = batch.send("look up routes", (index, message) -> {
            if (message.type() == RTM_NEWROUTE) {
                RouteCodec.decode(message, names).ifPresent(route -> found.put(index, route));
            }
        });
        List<Way> ways = new ArrayList<>(queries.size());
        for (int i = 0; i < queries.size(); i++) {
            ways.add(new Way(Optional.ofNullable(found.get(i)), Optional.ofNullable(refused.get(i))));
        }
        return ways;
    }

    /// The result of one look-up.
    ///
    /// @param route the packet's route
    /// @param refusal the reason why there is none
    public record Way(Optional<Route> route, Optional<NetlinkException> refusal) {}

    /// Looks up the route of a packet: a route to its destination alone, with the table that decided and, as
    /// its MTU, the known MTU of the route or path. Without a route it throws the kernel's refusal:
    /// `ENETUNREACH`, `EHOSTUNREACH`, or the error of a route that drops packets.
    ///
    /// Links have the names of the last listing, so that a thousand look-ups ask for names once.
    public Route get(RouteQuery query) throws NetlinkException {
        LinkIndexes.Names names = links.rememberedNames();
        Route route = get(query, names);
        return names.missedOne() ? get(query, links.namesOfNow()) : route;
    }

    private Route get(RouteQuery query, IntFunction<String> names) throws NetlinkException {
        AttributeWriter request = AttributeWriter.inNativeOrder();
        query.encode(request);
        String operation = "look up the route to " + query.destination().text();
        Collector collector = new Collector(OptionalInt.empty(), names);
        connection.request(operation, RTM_GETROUTE, 0, request.payload(), message -> {
            if (message.type() == RTM_NEWROUTE) {
                collector.add(message);
            }
        });
        if (collector.routes.isEmpty()) {
            throw NetlinkException.unanswered(operation);
        }
        return collector.routes.getFirst();
    }

    private void change(String verb, int type, int flags, Route route) throws NetlinkException {
        String operation = verb + " route " + route.destination().text();
        if (route.device().isEmpty()) {
            send(operation, type, flags, route, 0);
        } else {
            links.with(route.device().get(), index -> send(operation, type, flags, route, index));
        }
    }

    private void send(String operation, int type, int flags, Route route, int linkIndex) throws NetlinkException {
        AttributeWriter request = AttributeWriter.inNativeOrder();
        RouteCodec.encode(request, route, linkIndex);
        connection.request(operation, type, flags, request.payload(), MessageHandler.NONE);
    }

    /// Collects the routes of a dump, of one table where asked: older kernels send all tables whatever the
    /// request says.
    private static final class Collector implements MessageHandler {
        private final OptionalInt table;
        private final IntFunction<String> names;
        private final List<Route> routes = new ArrayList<>();

        Collector(OptionalInt table, IntFunction<String> names) {
            this.table = table;
            this.names = names;
        }

        @Override
        public void accept(NetlinkMessage message) throws MalformedMessageException {
            if (message.type() == RTM_NEWROUTE && RouteCodec.isRoute(message)) {
                add(message);
            }
        }

        void add(NetlinkMessage message) throws MalformedMessageException {
            RouteCodec.decode(message, names)
                    .filter(route -> table.isEmpty() || route.table() == table.getAsInt())
                    .ifPresent(routes::add);
        }
    }
}
