// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.codec.AttributeReader;
import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Encodes and decodes routes (linux/rtnetlink.h), byte for byte as ip(8) writes them. Messages have indexes
/// of links where a [Route] has names.
final class RouteCodec {
    /// `struct rtmsg`, 12 bytes, native order.
    ///
    ///     0 u8 family   1 u8 dst_len    2 u8 src_len   3 u8 tos
    ///     4 u8 table    5 u8 protocol   6 u8 scope     7 u8 type   8 u32 flags
    static final int HEADER_SIZE = 12;

    private static final int TOS_AT = 3;

    static final int RTA_DST = 1;
    static final int RTA_SRC = 2;
    static final int RTA_OIF = 4;
    static final int RTA_GATEWAY = 5;
    static final int RTA_PRIORITY = 6;
    static final int RTA_PREFSRC = 7;
    static final int RTA_METRICS = 8;
    static final int RTA_MULTIPATH = 9;
    private static final int RTA_FLOW = 11;
    static final int RTA_TABLE = 15;
    static final int RTA_MARK = 16;
    static final int RTA_VIA = 18;
    static final int RTA_PREF = 20;
    static final int RTA_IP_PROTO = 27;
    static final int RTA_SPORT = 28;
    static final int RTA_DPORT = 29;

    /// A cached look-up, not a route.
    static final int RTM_F_CLONED = 0x200;
    /// Asks for the table in the answer to a look-up.
    static final int RTM_F_LOOKUP_TABLE = 0x1000;

    private static final int RTNH_F_ONLINK = 4;
    /// Tables from this number on do not fit into the header.
    private static final int FIRST_WIDE_TABLE = 256;

    /// `struct rtnexthop`, 8 bytes, native order, and the attributes of one next hop.
    ///
    ///     0 u16 len (with attributes)   2 u8 flags   3 u8 hops (weight less one)   4 s32 ifindex
    private static final int NEXT_HOP_SIZE = 8;

    private RouteCodec() {}

    /// The header of requests about no particular route.
    static byte[] header(int family) {
        return header(family, 0, 0, 0, 0, 0, 0, 0);
    }

    static byte[] header(
            int family,
            int destinationLength,
            int sourceLength,
            int table,
            int protocol,
            int scope,
            int type,
            int flags) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_SIZE).order(ByteOrder.nativeOrder());
        header.put((byte) family)
                .put((byte) destinationLength)
                .put((byte) sourceLength)
                .put((byte) 0);
        header.put((byte) table).put((byte) protocol).put((byte) scope).put((byte) type);
        header.putInt(flags);
        return header.array();
    }

    /// The payload that adds, replaces or deletes a route. It has everything in the record, so that a delete
    /// never matches another program's route to the same destination. Throws `IllegalArgumentException` for a
    /// route with several next hops.
    ///
    /// @param linkIndex of the route's device; 0 when it has none
    static void encode(AttributeWriter out, Route route, int linkIndex) {
        if (!route.nextHops().isEmpty()) {
            throw new IllegalArgumentException("routes of several ways are only read");
        }
        IpPrefix destination = route.destination();
        boolean wide = Integer.compareUnsigned(route.table(), FIRST_WIDE_TABLE) >= 0;
        byte[] header = header(
                destination.family().number(),
                destination.length(),
                0,
                wide ? 0 : route.table(),
                route.protocol(),
                route.scope(),
                route.type().number(),
                route.onLink() ? RTNH_F_ONLINK : 0);
        header[TOS_AT] = (byte) route.options().typeOfService();
        out.header(header);
        out.address(RTA_DST, destination.address());
        if (route.gateway().isPresent()) {
            encodeGateway(out, route.family(), route.gateway().get());
        }
        if (wide) {
            out.u32(RTA_TABLE, route.table());
        }
        if (route.metric().isPresent()) {
            out.u32(RTA_PRIORITY, route.metric().getAsInt());
        }
        if (route.preferredSource().isPresent()) {
            out.address(RTA_PREFSRC, route.preferredSource().get());
        }
        if (linkIndex != 0) {
            out.u32(RTA_OIF, linkIndex);
        }
        if (route.options().realms() != 0) {
            out.u32(RTA_FLOW, route.options().realms());
        }
        if (route.options().preference() != 0) {
            out.u8(RTA_PREF, route.options().preference());
        }
        Optional<byte[]> metrics = RouteMetrics.encoded(route);
        if (metrics.isPresent()) {
            out.bytes(RTA_METRICS, metrics.get());
        }
    }

    private static void encodeGateway(AttributeWriter out, IpFamily family, IpAddress gateway) {
        if (gateway.family() == family) {
            out.address(RTA_GATEWAY, gateway);
            return;
        }
        // struct rtvia: u16 family, native order, then the address.
        ByteBuffer via = ByteBuffer.allocate(2 + gateway.family().bytes());
        via.order(ByteOrder.nativeOrder())
                .putShort((short) gateway.family().number())
                .put(gateway.toBytes());
        out.bytes(RTA_VIA, via.array());
    }

    /// Whether `message` is a route, not a cached look-up.
    static boolean isRoute(NetlinkMessage message) {
        ByteBuffer in = message.payload();
        return in.remaining() < HEADER_SIZE || (in.getInt(in.position() + 8) & RTM_F_CLONED) == 0;
    }

    /// Empty for a family other than IPv4 and IPv6, and for a type that is newer than [RouteType].
    ///
    /// @param names the names of links by index
    static Optional<Route> decode(NetlinkMessage message, IntFunction<String> names) throws MalformedMessageException {
        ByteBuffer in = message.payload();
        AttributeReader attributes = AttributeReader.inNativeOrder(in, HEADER_SIZE, "route");
        int at = in.position();
        Optional<IpFamily> known = IpFamily.of(in.get(at) & 0xff);
        Optional<RouteType> type = RouteType.of(in.get(at + 7) & 0xff);
        if (type.isEmpty() || known.isEmpty()) {
            return Optional.empty();
        }
        IpFamily family = known.get();
        @Nullable IpAddress destination = null;
        int table = in.get(at + 4) & 0xff;
        String device = "";
        Route.Builder route = new Route.Builder(IpPrefix.all(family));
        while (attributes.next()) {
            switch (attributes.type()) {
                case RTA_DST -> destination = attributes.address(family);
                case RTA_OIF -> device = names.apply(attributes.u32());
                case RTA_GATEWAY, RTA_VIA -> gateway(attributes, family).ifPresent(route::gateway);
                case RTA_PRIORITY -> route.metric(attributes.u32());
                case RTA_PREFSRC -> {
                    IpAddress source = attributes.address(family);
                    if (source != null) {
                        route.preferredSource(source);
                    }
                }
                case RTA_METRICS -> RouteMetrics.decode(attributes, route);
                case RTA_FLOW -> route.options(route.options().withRealms(attributes.u32()));
                case RTA_PREF -> route.options(route.options().withPreference(attributes.u8()));
                case RTA_MULTIPATH -> route.nextHops(nextHops(attributes, family, names));
                case RTA_TABLE -> table = attributes.u32();
                default -> {}
            }
        }
        int typeOfService = in.get(at + TOS_AT) & 0xff;
        if (typeOfService != 0) {
            route.options(route.options().withTypeOfService(typeOfService));
        }
        // IPv6 reports the loopback link as the device of routes that drop packets.
        if (!device.isEmpty() && !type.get().needsNoDevice()) {
            route.device(device);
        }
        return Optional.of(route.destination(prefix(family, destination, in.get(at + 1) & 0xff, "route"))
                .type(type.get())
                .table(table)
                .protocol(in.get(at + 5) & 0xff)
                .scope(in.get(at + 6) & 0xff)
                .onLink((in.getInt(at + 8) & RTNH_F_ONLINK) != 0)
                .build());
    }

    /// The prefix of a message's address and length.
    ///
    /// @param address null when the kernel left out an address of zeros
    /// @param message the kind of message, for error messages
    static IpPrefix prefix(IpFamily family, @Nullable IpAddress address, int length, String message)
            throws MalformedMessageException {
        if (length > family.bits()) {
            throw new MalformedMessageException(message + ": a prefix of " + length + " bits");
        }
        return new IpPrefix(address == null ? IpAddress.unspecified(family) : address, length);
    }

    /// The gateway in an `RTA_GATEWAY` or `RTA_VIA`.
    static Optional<IpAddress> gateway(AttributeReader attribute, IpFamily family) throws MalformedMessageException {
        return attribute.type() == RTA_VIA ? via(attribute) : Optional.ofNullable(attribute.address(family));
    }

    /// The address in `struct rtvia` (linux/rtnetlink.h), u16 family and its bytes; empty for other families and
    /// lengths.
    private static Optional<IpAddress> via(AttributeReader attribute) throws MalformedMessageException {
        Optional<IpFamily> family = IpFamily.of(attribute.u16(0));
        return family.isPresent() && attribute.length() == 2 + family.get().bytes()
                ? Optional.of(attribute.address(family.get(), 2))
                : Optional.empty();
    }

    private static List<NextHop> nextHops(AttributeReader attribute, IpFamily family, IntFunction<String> names)
            throws MalformedMessageException {
        ByteBuffer in = ByteBuffer.wrap(attribute.bytes()).order(ByteOrder.nativeOrder());
        List<NextHop> hops = new ArrayList<>();
        while (in.remaining() >= NEXT_HOP_SIZE) {
            int at = in.position();
            int length = in.getShort(at) & 0xffff;
            if (length < NEXT_HOP_SIZE || length > in.remaining()) {
                throw new MalformedMessageException(
                        "route: next hop of " + length + " bytes where " + in.remaining() + " are left");
            }
            AttributeReader inner = AttributeReader.inNativeOrder(in.slice(at, length), NEXT_HOP_SIZE, "next hop");
            Optional<IpAddress> gateway = Optional.empty();
            while (inner.next()) {
                if (inner.type() == RTA_GATEWAY || inner.type() == RTA_VIA) {
                    gateway = gateway(inner, family);
                }
            }
            int link = in.getInt(at + 4);
            Optional<String> device = link == 0 ? Optional.empty() : Optional.of(names.apply(link));
            boolean onLink = (in.get(at + 2) & RTNH_F_ONLINK) != 0;
            hops.add(new NextHop(gateway, device, (in.get(at + 3) & 0xff) + 1, onLink));
            in.position(Math.min(at + (length + 3 & ~3), in.limit()));
        }
        return hops;
    }
}
