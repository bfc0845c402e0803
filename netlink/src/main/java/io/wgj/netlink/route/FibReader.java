// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.codec.AttributeReader;
import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.transport.MessageHandler;
import io.wgj.netlink.transport.NetlinkBatch;
import io.wgj.netlink.transport.NetlinkConnection;
import io.wgj.netlink.transport.NetlinkConnection.OnInterruption;
import io.wgj.netlink.transport.NetlinkException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Lists all that decides about routes, over the connection of a [RouteNetlink]: more than the programs that
/// change it need. Dumps that were interrupted start again. No privilege is needed.
public final class FibReader {
    private static final int RTM_NEWLINK = 16;
    private static final int RTM_GETLINK = 18;
    private static final int RTM_NEWADDR = 20;
    private static final int RTM_GETADDR = 22;
    private static final int RTM_NEWROUTE = 24;
    private static final int RTM_GETROUTE = 26;
    private static final int RTM_NEWNEIGH = 28;
    private static final int RTM_GETNEIGH = 30;
    private static final int RTM_NEWRULE = 32;
    private static final int RTM_GETRULE = 34;
    private static final int RTM_NEWADDRLABEL = 72;
    private static final int RTM_GETADDRLABEL = 74;

    private static final int IFA_ADDRESS = 1;

    /// `struct ndmsg`: 0 u8 family   4 s32 ifindex   8 u16 state   10 u8 flags   11 u8 type
    private static final int NEIGHBOUR_HEADER = 12;

    private static final int NDA_DST = 1;
    private static final int NDA_LLADDR = 2;

    /// `struct ifaddrlblmsg`: 0 u8 family   2 u8 prefixlen   4 u32 index   8 u32 seq
    private static final int LABEL_HEADER = 12;

    private static final int IFAL_ADDRESS = 1;
    private static final int IFAL_LABEL = 2;

    private final NetlinkConnection connection;

    FibReader(NetlinkConnection connection) {
        this.connection = connection;
    }

    /// All links, in the kernel's order.
    public List<LinkDetails> links() throws NetlinkException {
        return dump(
                "list links",
                RTM_GETLINK,
                Link.header(0, 0, 0),
                RTM_NEWLINK,
                message -> Optional.of(LinkDetails.decode(message)));
    }

    /// The IPv4 and IPv6 addresses of all links, in the kernel's order.
    public List<AddressDetails> addresses() throws NetlinkException {
        return dump("list addresses", RTM_GETADDR, InterfaceAddress.anyHeader(), RTM_NEWADDR, FibReader::decodeAddress);
    }

    /// The priorities of the rules of a family with a selector or an action that [Rules] does not know.
    public List<Long> strangeRules(IpFamily family) throws NetlinkException {
        return dump("list rules", RTM_GETRULE, RuleCodec.header(family.number()), RTM_NEWRULE, RuleCodec::strange);
    }

    /// The routes of all tables of a family, in the kernel's order.
    ///
    /// @param names the names of links by index
    public List<FibRoute> routes(IpFamily family, IntFunction<String> names) throws NetlinkException {
        return routes(family, 0, request -> {}, names, route -> true);
    }

    /// The routes of one table and family, in the kernel's order; none when the table does not exist. The kernel
    /// leaves out the other tables, so that they cost nothing.
    ///
    /// @param table 32 bits unsigned
    /// @param names the names of links by index
    public List<FibRoute> routes(IpFamily family, int table, IntFunction<String> names) throws NetlinkException {
        try {
            return routes(
                    family,
                    0,
                    request -> request.u32(RouteCodec.RTA_TABLE, table),
                    names,
                    route -> route.table() == table);
        } catch (NetlinkException e) {
            if (e.errno().is(Errno.ENOENT)) {
                return List.of();
            }
            throw e;
        }
    }

    /// The routes of all tables of a family that lead through one link; none when the link is gone. The kernel
    /// looks at all and sends these.
    ///
    /// @param names the names of links by index
    public List<FibRoute> routesThrough(IpFamily family, int linkIndex, IntFunction<String> names)
            throws NetlinkException {
        String link = names.apply(linkIndex);
        try {
            return routes(
                    family,
                    0,
                    request -> request.u32(RouteCodec.RTA_OIF, linkIndex),
                    names,
                    route -> route.leavesThrough(link));
        } catch (NetlinkException e) {
            if (e.errno().is(Errno.ENODEV)) {
                return List.of();
            }
            throw e;
        }
    }

    /// The routes of all tables of a family that have this type. The kernel looks at all and sends these.
    ///
    /// @param names the names of links by index
    public List<FibRoute> routes(IpFamily family, RouteType type, IntFunction<String> names) throws NetlinkException {
        return routes(family, type.number(), request -> {}, names, route -> route.type() == type);
    }

    /// @param type 0 for all
    /// @param wanted holds for every answer of a kernel that filters; kernels before 4.20 send all routes
    private List<FibRoute> routes(
            IpFamily family,
            int type,
            Consumer<AttributeWriter> filter,
            IntFunction<String> names,
            Predicate<FibRoute> wanted)
            throws NetlinkException {
        AttributeWriter request =
                AttributeWriter.inNativeOrder().header(RouteCodec.header(family.number(), 0, 0, 0, 0, 0, type, 0));
        filter.accept(request);
        return dump(
                "list routes",
                RTM_GETROUTE,
                request,
                RTM_NEWROUTE,
                message -> RouteCodec.isRoute(message)
                        ? FibRouteCodec.decode(message, names).filter(wanted)
                        : Optional.empty());
    }

    /// The neighbours of both families.
    ///
    /// @param names the names of links by index
    public List<Neighbour> neighbours(IntFunction<String> names) throws NetlinkException {
        return dump(
                "list neighbours",
                RTM_GETNEIGH,
                new byte[NEIGHBOUR_HEADER],
                RTM_NEWNEIGH,
                message -> decodeNeighbour(message, names));
    }

    /// The labels of IPv6 addresses.
    public List<AddressLabel> labels() throws NetlinkException {
        byte[] header = new byte[LABEL_HEADER];
        header[0] = (byte) IpFamily.V6.number();
        return dump("list address labels", RTM_GETADDRLABEL, header, RTM_NEWADDRLABEL, FibReader::decodeLabel);
    }

    /// Asks the kernel for the routes of many packets. Each result is a route or the kernel's refusal.
    ///
    /// @param asInTable whether a route is answered as its table holds it, instead of for the packet alone
    /// @param names the names of links by index
    public List<Found> find(List<FibQuery> queries, boolean asInTable, IntFunction<String> names)
            throws NetlinkException {
        NetlinkBatch batch = new NetlinkBatch(connection);
        for (FibQuery query : queries) {
            AttributeWriter request = AttributeWriter.inNativeOrder();
            query.encode(request, asInTable);
            batch.add(RTM_GETROUTE, 0, request.payload());
        }
        Map<Integer, FibRoute> routes = new HashMap<>();
        SortedMap<Integer, NetlinkException> refused = batch.send("look up routes", (index, message) -> {
            if (message.type() == RTM_NEWROUTE) {
                FibRouteCodec.decode(message, names).ifPresent(route -> routes.put(index, route));
            }
        });
        List<Found> found = new ArrayList<>(queries.size());
        for (int i = 0; i < queries.size(); i++) {
            found.add(new Found(Optional.ofNullable(routes.get(i)), Optional.ofNullable(refused.get(i))));
        }
        return found;
    }

    /// The kernel's answer to one query.
    ///
    /// @param route the packet's route; empty with a refusal
    /// @param refusal the reason why there is none
    public record Found(Optional<FibRoute> route, Optional<NetlinkException> refusal) {}

    /// Turns a message into an object; empty for one that is left out.
    @FunctionalInterface
    private interface Decoder<T> {
        Optional<T> decode(NetlinkMessage message) throws MalformedMessageException;
    }

    private <T> List<T> dump(String operation, int request, byte[] header, int answer, Decoder<T> decoder)
            throws NetlinkException {
        return dump(operation, request, AttributeWriter.inNativeOrder().header(header), answer, decoder);
    }

    private <T> List<T> dump(String operation, int request, AttributeWriter payload, int answer, Decoder<T> decoder)
            throws NetlinkException {
        return connection.dump(
                        operation,
                        request,
                        payload.payload(),
                        OnInterruption.RESTART,
                        () -> new Collector<>(answer, decoder))
                .found;
    }

    private static final class Collector<T> implements MessageHandler {
        private final int answer;
        private final Decoder<T> decoder;
        private final List<T> found = new ArrayList<>();

        Collector(int answer, Decoder<T> decoder) {
            this.answer = answer;
            this.decoder = decoder;
        }

        @Override
        public void accept(NetlinkMessage message) throws MalformedMessageException {
            if (message.type() == answer) {
                decoder.decode(message).ifPresent(found::add);
            }
        }
    }

    private static Optional<AddressDetails> decodeAddress(NetlinkMessage message) throws MalformedMessageException {
        Optional<InterfaceAddress> address = InterfaceAddress.decode(message);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        IpPrefix subnet = address.get().prefix();
        AttributeReader attributes = AttributeReader.inNativeOrder(message.payload(), 8, "address");
        while (attributes.next()) {
            if (attributes.type() == IFA_ADDRESS) {
                @Nullable IpAddress farEnd = attributes.address(subnet.family());
                subnet = farEnd == null ? subnet : new IpPrefix(farEnd, subnet.length());
            }
        }
        return Optional.of(new AddressDetails(address.get(), subnet));
    }

    private static Optional<Neighbour> decodeNeighbour(NetlinkMessage message, IntFunction<String> names)
            throws MalformedMessageException {
        ByteBuffer in = message.payload();
        AttributeReader attributes = AttributeReader.inNativeOrder(in, NEIGHBOUR_HEADER, "neighbour");
        int at = in.position();
        Optional<IpFamily> family = IpFamily.of(in.get(at) & 0xff);
        @Nullable IpAddress address = null;
        Optional<String> linkAddress = Optional.empty();
        while (family.isPresent() && attributes.next()) {
            if (attributes.type() == NDA_DST) {
                address = attributes.address(family.get());
            } else if (attributes.type() == NDA_LLADDR) {
                linkAddress = Optional.of(colons(attributes.bytes()));
            }
        }
        return address == null
                ? Optional.empty()
                : Optional.of(new Neighbour(
                        address, names.apply(in.getInt(at + 4)), in.getShort(at + 8) & 0xffff, linkAddress));
    }

    private static String colons(byte[] bytes) {
        StringBuilder out = new StringBuilder();
        for (byte b : bytes) {
            out.append(out.isEmpty() ? "" : ":")
                    .append(Character.forDigit(b >> 4 & 0xf, 16))
                    .append(Character.forDigit(b & 0xf, 16));
        }
        return out.toString();
    }

    private static Optional<AddressLabel> decodeLabel(NetlinkMessage message) throws MalformedMessageException {
        ByteBuffer in = message.payload();
        AttributeReader attributes = AttributeReader.inNativeOrder(in, LABEL_HEADER, "address label");
        int at = in.position();
        @Nullable IpAddress address = null;
        int label = 0;
        while (attributes.next()) {
            if (attributes.type() == IFAL_ADDRESS) {
                address = attributes.address(IpFamily.V6);
            } else if (attributes.type() == IFAL_LABEL) {
                label = attributes.u32();
            }
        }
        IpPrefix prefix = RouteCodec.prefix(IpFamily.V6, address, in.get(at + 2) & 0xff, "address label");
        return Optional.of(new AddressLabel(prefix, label, in.getInt(at + 4)));
    }
}
