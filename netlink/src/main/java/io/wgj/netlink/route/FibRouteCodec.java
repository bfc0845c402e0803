// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.netlink.codec.AttributeReader;
import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Decodes routes with their state (linux/rtnetlink.h).
final class FibRouteCodec {
    private static final int RTA_ENCAP = 22;
    private static final int RTA_NH_ID = 30;

    private static final int RTNH_F_DEAD = 1;
    private static final int RTNH_F_ONLINK = 4;
    private static final int RTNH_F_LINKDOWN = 16;

    /// `struct rtnexthop`: 0 u16 len   2 u8 flags   3 u8 hops   4 s32 ifindex
    private static final int NEXT_HOP_SIZE = 8;

    private static final int PREFERENCE_LOW = 3;

    private FibRouteCodec() {}

    /// Empty for a family other than IPv4 and IPv6, and for a type that is newer than [RouteType].
    ///
    /// @param names the names of links by index
    static Optional<FibRoute> decode(NetlinkMessage message, IntFunction<String> names)
            throws MalformedMessageException {
        ByteBuffer in = message.payload();
        AttributeReader attributes = AttributeReader.inNativeOrder(in, RouteCodec.HEADER_SIZE, "route");
        int at = in.position();
        Optional<IpFamily> family = IpFamily.of(in.get(at) & 0xff);
        Optional<RouteType> type = RouteType.of(in.get(at + 7) & 0xff);
        if (type.isEmpty() || family.isEmpty()) {
            return Optional.empty();
        }
        Parts parts = new Parts(family.get(), names, in.getInt(at + 8));
        parts.table = in.get(at + 4) & 0xff;
        while (attributes.next()) {
            parts.take(attributes);
        }
        return Optional.of(new FibRoute(
                parts.table,
                type.get(),
                RouteCodec.prefix(family.get(), parts.destination, in.get(at + 1) & 0xff, "route"),
                RouteCodec.prefix(family.get(), parts.from, in.get(at + 2) & 0xff, "route"),
                parts.metric,
                in.get(at + 3) & 0xff,
                in.get(at + 6) & 0xff,
                Optional.ofNullable(parts.preferredSource),
                parts.preference,
                in.get(at + 5) & 0xff,
                parts.nextHopId,
                !parts.several.isEmpty(),
                parts.encapsulated,
                parts.hops()));
    }

    /// The values of one route's attributes.
    private static final class Parts {
        private final IpFamily family;
        private final IntFunction<String> names;
        private final int flags;
        private @Nullable IpAddress destination;
        private @Nullable IpAddress from;
        private @Nullable IpAddress preferredSource;
        private int table;
        private int metric;
        private int preference;
        private int nextHopId;
        private boolean encapsulated;
        private int device;
        private Optional<IpAddress> gateway = Optional.empty();
        private List<FibNextHop> several = List.of();

        Parts(IpFamily family, IntFunction<String> names, int flags) {
            this.family = family;
            this.names = names;
            this.flags = flags;
        }

        void take(AttributeReader attribute) throws MalformedMessageException {
            switch (attribute.type()) {
                case RouteCodec.RTA_DST -> destination = attribute.address(family);
                case RouteCodec.RTA_SRC -> from = attribute.address(family);
                case RouteCodec.RTA_OIF -> device = attribute.u32();
                case RouteCodec.RTA_GATEWAY, RouteCodec.RTA_VIA -> gateway = RouteCodec.gateway(attribute, family);
                case RouteCodec.RTA_PRIORITY -> metric = attribute.u32();
                case RouteCodec.RTA_PREFSRC -> preferredSource = attribute.address(family);
                case RouteCodec.RTA_TABLE -> table = attribute.u32();
                case RouteCodec.RTA_PREF -> preference = preference(attribute.u8());
                case RouteCodec.RTA_MULTIPATH -> several = several(attribute);
                case RTA_NH_ID -> nextHopId = attribute.u32();
                case RTA_ENCAP -> encapsulated = true;
                default -> {}
            }
        }

        private static int preference(int number) {
            return number == PREFERENCE_LOW ? -1 : number == 1 ? 1 : 0;
        }

        List<FibNextHop> hops() {
            return several.isEmpty() ? List.of(hop(gateway, device, flags)) : several;
        }

        private FibNextHop hop(Optional<IpAddress> via, int link, int state) {
            return new FibNextHop(
                    via,
                    link == 0 ? Optional.empty() : Optional.of(names.apply(link)),
                    (state & RTNH_F_DEAD) != 0,
                    (state & RTNH_F_LINKDOWN) != 0,
                    (state & RTNH_F_ONLINK) != 0);
        }

        private List<FibNextHop> several(AttributeReader attribute) throws MalformedMessageException {
            ByteBuffer in = ByteBuffer.wrap(attribute.bytes()).order(ByteOrder.nativeOrder());
            List<FibNextHop> hops = new ArrayList<>();
            while (in.remaining() >= NEXT_HOP_SIZE) {
                int at = in.position();
                int length = in.getShort(at) & 0xffff;
                if (length < NEXT_HOP_SIZE || length > in.remaining()) {
                    throw new MalformedMessageException(
                            "route: next hop of " + length + " bytes where " + in.remaining() + " are left");
                }
                AttributeReader inner = AttributeReader.inNativeOrder(in.slice(at, length), NEXT_HOP_SIZE, "next hop");
                Optional<IpAddress> via = Optional.empty();
                while (inner.next()) {
                    switch (inner.type()) {
                        case RouteCodec.RTA_GATEWAY, RouteCodec.RTA_VIA -> via = RouteCodec.gateway(inner, family);
                        case RTA_ENCAP -> encapsulated = true;
                        default -> {}
                    }
                }
                hops.add(hop(via, in.getInt(at + 4), in.get(at + 2)));
                in.position(Math.min(at + (length + 3 & ~3), in.limit()));
            }
            return hops;
        }
    }
}
