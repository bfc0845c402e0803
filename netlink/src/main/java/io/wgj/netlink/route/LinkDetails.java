// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.netlink.codec.AttributeReader;
import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;

/// A link with all that decides about routes through it.
///
/// @param link its name, kind and flags
/// @param group the device group, 32 bits unsigned
/// @param masterIndex the bridge, bond or VRF that it belongs to; 0 for none
/// @param vrfTable the table of a VRF
/// @param ipv4 the settings of `net.ipv4.conf`, by [Ipv4Setting]
/// @param ipv6 the settings of `net.ipv6.conf`, by [Ipv6Setting]
public record LinkDetails(Link link, int group, int masterIndex, OptionalInt vrfTable, Settings ipv4, Settings ipv6) {
    private static final int IFLA_MASTER = 10;
    private static final int IFLA_GROUP = 27;
    private static final int IFLA_INFO_DATA = 2;
    private static final int IFLA_VRF_TABLE = 1;
    /// An array of `u32`, the first setting being number 1.
    private static final int IFLA_INET_CONF = 1;
    /// An array of `s32`, the first setting being number 0.
    private static final int IFLA_INET6_CONF = 2;

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    /// The places of settings in the kernel's array (linux/ip.h, `IPV4_DEVCONF_…`, less one).
    public enum Ipv4Setting {
        FORWARDING(0),
        RP_FILTER(7),
        ACCEPT_LOCAL(22),
        SRC_VALID_MARK(23),
        ROUTE_LOCALNET(25),
        IGNORE_ROUTES_WITH_LINKDOWN(28);

        private final int place;

        Ipv4Setting(int place) {
            this.place = place;
        }
    }

    /// The places of settings in the kernel's array (linux/ipv6.h, `DEVCONF_…`).
    public enum Ipv6Setting {
        FORWARDING(0),
        USE_TEMPADDR(10),
        USE_OIF_ADDRS_ONLY(37),
        IGNORE_ROUTES_WITH_LINKDOWN(39);

        private final int place;

        Ipv6Setting(int place) {
            this.place = place;
        }
    }

    /// The value of a setting; 0 on a link that does not carry IPv4, and for a setting newer than the kernel.
    public int get(Ipv4Setting setting) {
        return ipv4.at(setting.place);
    }

    /// The value of a setting; 0 on a link that does not carry IPv6, and for a setting newer than the kernel.
    public int get(Ipv6Setting setting) {
        return ipv6.at(setting.place);
    }

    /// The kernel's array of one family's settings.
    public static final class Settings {
        static final Settings NONE = new Settings(ByteBuffer.allocate(0));

        private final ByteBuffer values;

        Settings(ByteBuffer values) {
            this.values = values.order(ByteOrder.nativeOrder());
        }

        int at(int place) {
            int from = place * Integer.BYTES;
            return from + Integer.BYTES <= values.limit() ? values.getInt(from) : 0;
        }
    }

    static LinkDetails decode(NetlinkMessage message) throws MalformedMessageException {
        Link link = Link.decode(message);
        AttributeReader attributes = AttributeReader.inNativeOrder(message.payload(), Link.HEADER_SIZE, "link");
        int group = 0;
        int master = 0;
        OptionalInt table = OptionalInt.empty();
        Settings[] settings = {Settings.NONE, Settings.NONE};
        while (attributes.next()) {
            switch (attributes.type()) {
                case IFLA_MASTER -> master = attributes.u32();
                case IFLA_GROUP -> group = attributes.u32();
                case Link.IFLA_LINKINFO -> {
                    if (link.kind().filter("vrf"::equals).isPresent()) {
                        table = vrfTable(attributes);
                    }
                }
                case Link.IFLA_AF_SPEC -> readSettings(attributes, settings);
                default -> {}
            }
        }
        return new LinkDetails(link, group, master, table, settings[0], settings[1]);
    }

    private static OptionalInt vrfTable(AttributeReader attributes) throws MalformedMessageException {
        OptionalInt table = OptionalInt.empty();
        attributes.enter();
        while (attributes.next()) {
            if (attributes.type() == IFLA_INFO_DATA) {
                attributes.enter();
                while (attributes.next()) {
                    if (attributes.type() == IFLA_VRF_TABLE) {
                        table = OptionalInt.of(attributes.u32());
                    }
                }
                attributes.leave();
            }
        }
        attributes.leave();
        return table;
    }

    private static void readSettings(AttributeReader attributes, Settings[] settings) throws MalformedMessageException {
        attributes.enter();
        while (attributes.next()) {
            int family = attributes.type();
            if (family == AF_INET || family == AF_INET6) {
                int wanted = family == AF_INET ? IFLA_INET_CONF : IFLA_INET6_CONF;
                attributes.enter();
                while (attributes.next()) {
                    if (attributes.type() == wanted) {
                        settings[family == AF_INET ? 0 : 1] = new Settings(ByteBuffer.wrap(attributes.bytes()));
                    }
                }
                attributes.leave();
            }
        }
        attributes.leave();
    }
}
