// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.netlink.codec.AttributeWriter;
import java.util.Optional;
import java.util.OptionalInt;

/// A packet whose route the kernel is asked for, with all that `ip route get` can say about it.
///
/// @param destination where it goes
/// @param source its source address
/// @param mark 32 bits; 0 for none
/// @param inputIndex the link that it came in by; 0 for a packet of this host
/// @param outputIndex the link that its socket is bound to; 0 for none
/// @param typeOfService 0 to 255
/// @param ipProtocol empty for the kernel's default
/// @param sourcePort 0 for none
/// @param destinationPort 0 for none
/// @param userId 32 bits unsigned; of no account for a packet that came in
public record FibQuery(
        IpAddress destination,
        Optional<IpAddress> source,
        int mark,
        int inputIndex,
        int outputIndex,
        int typeOfService,
        OptionalInt ipProtocol,
        int sourcePort,
        int destinationPort,
        int userId) {
    private static final int RTA_IIF = 3;
    private static final int RTA_UID = 25;
    private static final int RTA_IP_PROTO = 27;
    private static final int RTA_SPORT = 28;
    private static final int RTA_DPORT = 29;
    private static final int TOS_AT = 3;
    /// Asks for the route of the table instead of the packet's own.
    private static final int RTM_F_FIB_MATCH = 0x2000;

    /// @param asInTable whether the route is answered as its table holds it
    void encode(AttributeWriter out, boolean asInTable) {
        IpFamily family = destination.family();
        int flags = (family == IpFamily.V4 ? RouteCodec.RTM_F_LOOKUP_TABLE : 0) | (asInTable ? RTM_F_FIB_MATCH : 0);
        byte[] header = RouteCodec.header(
                family.number(), family.bits(), source.isPresent() ? family.bits() : 0, 0, 0, 0, 0, flags);
        header[TOS_AT] = (byte) typeOfService;
        out.header(header);
        out.address(RouteCodec.RTA_DST, destination);
        source.ifPresent(address -> out.address(RouteCodec.RTA_SRC, address));
        if (inputIndex != 0) {
            out.u32(RTA_IIF, inputIndex);
        } else {
            out.u32(RTA_UID, userId);
        }
        if (outputIndex != 0) {
            out.u32(RouteCodec.RTA_OIF, outputIndex);
        }
        if (mark != 0) {
            out.u32(RouteCodec.RTA_MARK, mark);
        }
        ipProtocol.ifPresent(number -> out.u8(RTA_IP_PROTO, number));
        port(out, RTA_SPORT, sourcePort);
        port(out, RTA_DPORT, destinationPort);
    }

    private static void port(AttributeWriter out, int type, int port) {
        if (port != 0) {
            out.bytes(type, new byte[] {(byte) (port >> 8), (byte) port});
        }
    }
}
