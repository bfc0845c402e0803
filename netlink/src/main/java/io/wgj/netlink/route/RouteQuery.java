// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.netlink.codec.AttributeWriter;
import java.util.Optional;
import java.util.OptionalInt;

/// Which way a packet would go that this host sends.
///
/// @param destination of the packet
/// @param mark of its socket; empty for none
/// @param source its socket's own address, one of this host's; empty when that is left to the route
public record RouteQuery(NetworkAddress destination, OptionalInt mark, Optional<NetworkAddress> source) {
    /// Throws `IllegalArgumentException` when the two addresses are of different families.
    public RouteQuery {
        if (source.isPresent() && source.get().v6() != destination.v6()) {
            throw new IllegalArgumentException("the source is of another family than the destination");
        }
    }

    /// The way of an ordinary packet.
    public RouteQuery(NetworkAddress destination) {
        this(destination, OptionalInt.empty(), Optional.empty());
    }

    void encode(AttributeWriter out) {
        int bits = destination.v6() ? 128 : 32;
        out.header(RouteCodec.header(
                destination.family(),
                bits,
                source.isPresent() ? bits : 0,
                0,
                0,
                0,
                0,
                destination.v6() ? 0 : RouteCodec.RTM_F_LOOKUP_TABLE));
        destination.encode(out, RouteCodec.RTA_DST);
        source.ifPresent(address -> address.encode(out, RouteCodec.RTA_SRC));
        mark.ifPresent(value -> out.u32(RouteCodec.RTA_MARK, value));
    }
}
