// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_CREATE;
import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_EXCL;
import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_REPLACE;

import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.transport.MessageHandler;
import io.wgj.netlink.transport.NetlinkConnection;
import io.wgj.netlink.transport.NetlinkConnection.OnInterruption;
import io.wgj.netlink.transport.NetlinkException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/// Lists and changes routes over the connection of a [RouteNetlink], which makes it and closes it. Listing and looking
/// up need no privilege, changing CAP_NET_ADMIN.
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
        LinkIndexes.Names names = links.namesOfNow();
        List<Route> all = new ArrayList<>(list(false, OptionalInt.empty(), names));
        all.addAll(list(true, OptionalInt.empty(), names));
        return all;
    }

    /// The routes of one table and family, in the kernel's order; none for a table that it has not.
    ///
    /// @param table 32 bits unsigned
    public List<Route> list(boolean v6, int table) throws NetlinkException {
        return list(v6, OptionalInt.of(table), links.namesOfNow());
    }

    private List<Route> list(boolean v6, OptionalInt table, IntFunction<String> names) throws NetlinkException {
        AttributeWriter request = AttributeWriter.inNativeOrder().header(RouteCodec.header(NetworkAddress.family(v6)));
        table.ifPresent(number -> request.u32(RouteCodec.RTA_TABLE, number));
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

    /// Adds a route; `EEXIST` when its table has one to that destination with that metric, `ENODEV` when there is no
    /// such link.
    public void add(Route route) throws NetlinkException {
        change("add", RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL, route);
    }

    /// Puts a route in the place of the one to that destination with that metric, or adds it where there is none. No
    /// packet falls between the two.
    public void replace(Route route) throws NetlinkException {
        change("replace", RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE, route);
    }

    /// Deletes the route that is all that the record says, its protocol too; `ESRCH` when there is none.
    public void delete(Route route) throws NetlinkException {
        change("delete", RTM_DELROUTE, 0, route);
    }

    /// The way of a packet: a route to its destination alone, with the table that decided and, as its MTU, what is
    /// known of the route or the path. Without a way the kernel's refusal: `ENETUNREACH`, `EHOSTUNREACH`, or what a
    /// route of another type than unicast stands for.
    ///
    /// Links go by the names that they had when routes were listed last: a thousand look-ups ask for them once.
    public Route get(RouteQuery query) throws NetlinkException {
        LinkIndexes.Names names = links.rememberedNames();
        Route route = get(query, names);
        return names.missedOne() ? get(query, links.namesOfNow()) : route;
    }

    private Route get(RouteQuery query, IntFunction<String> names) throws NetlinkException {
        AttributeWriter request = AttributeWriter.inNativeOrder();
        query.encode(request);
        String operation = "look up the route to " + AddressWords.format(query.destination());
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

    /// Takes the routes of a dump, of one table where asked: older kernels tell all of them whatever they are asked.
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
