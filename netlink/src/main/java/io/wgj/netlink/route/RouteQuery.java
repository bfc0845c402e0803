// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.netlink.codec.AttributeWriter;
import java.util.Optional;
import java.util.OptionalInt;

/// A packet of this host whose route is looked up.
///
/// @param destination of the packet
/// @param mark of its socket; empty for none
/// @param source the socket's own address, one of this host's; empty when the route decides
/// @param udp the ports of a UDP packet, which rules may ask for; empty for any packet
public record RouteQuery(IpAddress destination, OptionalInt mark, Optional<IpAddress> source, Optional<UdpPorts> udp) {
    private static final int IPPROTO_UDP = 17;

    /// The ports of a UDP packet.
    public record UdpPorts(int source, int destination) {}

    /// Throws `IllegalArgumentException` when the two addresses are of different families.
    public RouteQuery {
        if (source.isPresent() && source.get().family() != destination.family()) {
            throw new IllegalArgumentException("the source is of another family than the destination");
        }
    }

    /// A packet of any protocol.
    public RouteQuery(IpAddress destination, OptionalInt mark, Optional<IpAddress> source) {
        this(destination, mark, source, Optional.empty());
    }

    /// An ordinary packet: without a mark, from any address.
    public RouteQuery(IpAddress destination) {
        this(destination, OptionalInt.empty(), Optional.empty());
    }

    void encode(AttributeWriter out) {
        IpFamily family = destination.family();
        out.header(RouteCodec.header(
                family.number(),
                family.bits(),
                source.isPresent() ? family.bits() : 0,
                0,
                0,
                0,
                0,
                family == IpFamily.V4 ? RouteCodec.RTM_F_LOOKUP_TABLE : 0));
        out.address(RouteCodec.RTA_DST, destination);
        source.ifPresent(address -> out.address(RouteCodec.RTA_SRC, address));
        mark.ifPresent(value -> out.u32(RouteCodec.RTA_MARK, value));
        if (udp.isPresent()) {
            out.u8(RouteCodec.RTA_IP_PROTO, IPPROTO_UDP);
            out.bytes(RouteCodec.RTA_SPORT, port(udp.get().source()));
            out.bytes(RouteCodec.RTA_DPORT, port(udp.get().destination()));
        }
    }

    /// In network order.
    private static byte[] port(int port) {
        return new byte[] {(byte) (port >> 8), (byte) port};
    }
}
