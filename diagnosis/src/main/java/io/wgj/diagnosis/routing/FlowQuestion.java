// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import java.util.Optional;
import java.util.OptionalInt;

/// A packet whose way is asked for, in the words of `ip route get`. Start with [#to] and add to it.
///
/// @param destination where it goes
/// @param source its source address; empty while the route decides
/// @param mark 32 bits; 0 for none
/// @param iif the device that it came in by; empty for a packet of this host
/// @param oif the device that its socket is bound to
/// @param tos the type of service, 0 to 255
/// @param protocol of IP; empty for ip(8)'s default: UDP for IPv4, none for IPv6
/// @param sourcePort 0 for none
/// @param destinationPort 0 for none
/// @param uid the user, 32 bits unsigned
public record FlowQuestion(
        IpAddress destination,
        Optional<IpAddress> source,
        int mark,
        Optional<String> iif,
        Optional<String> oif,
        int tos,
        OptionalInt protocol,
        int sourcePort,
        int destinationPort,
        int uid) {
    public static final int ICMP = 1;
    public static final int TCP = 6;
    public static final int UDP = 17;
    public static final int ICMPV6 = 58;

    /// Throws `IllegalArgumentException` when the two addresses are of different families.
    public FlowQuestion {
        if (source.isPresent() && source.get().family() != destination.family()) {
            throw new IllegalArgumentException("the source is of another family than the destination");
        }
    }

    /// An ordinary packet of this host.
    public static FlowQuestion to(IpAddress destination) {
        return new FlowQuestion(
                destination, Optional.empty(), 0, Optional.empty(), Optional.empty(), 0, OptionalInt.empty(), 0, 0, 0);
    }

    /// The packets in which a WireGuard device sends to an endpoint: UDP with the device's mark.
    public static FlowQuestion ciphertext(IpAddress endpoint, int endpointPort, int listenPort, int mark) {
        return to(endpoint).withMark(mark).withProtocol(UDP).withPorts(listenPort, endpointPort);
    }

    /// The same packet with a source.
    public FlowQuestion from(IpAddress value) {
        return new FlowQuestion(
                destination, Optional.of(value), mark, iif, oif, tos, protocol, sourcePort, destinationPort, uid);
    }

    /// The same packet with a mark, of 32 bits.
    public FlowQuestion withMark(int value) {
        return new FlowQuestion(destination, source, value, iif, oif, tos, protocol, sourcePort, destinationPort, uid);
    }

    /// The same packet, as it comes in by a device.
    public FlowQuestion comingInBy(String device) {
        return new FlowQuestion(
                destination, source, mark, Optional.of(device), oif, tos, protocol, sourcePort, destinationPort, uid);
    }

    /// The same packet of a socket that is bound to a device.
    public FlowQuestion boundTo(String device) {
        return new FlowQuestion(
                destination, source, mark, iif, Optional.of(device), tos, protocol, sourcePort, destinationPort, uid);
    }

    /// The same packet with a type of service.
    public FlowQuestion withTos(int value) {
        return new FlowQuestion(destination, source, mark, iif, oif, value, protocol, sourcePort, destinationPort, uid);
    }

    /// The same packet of a protocol of IP.
    public FlowQuestion withProtocol(int value) {
        return new FlowQuestion(
                destination, source, mark, iif, oif, tos, OptionalInt.of(value), sourcePort, destinationPort, uid);
    }

    /// The same packet with ports; 0 for none.
    public FlowQuestion withPorts(int ofSource, int ofDestination) {
        return new FlowQuestion(destination, source, mark, iif, oif, tos, protocol, ofSource, ofDestination, uid);
    }

    /// The same packet of a user.
    public FlowQuestion withUid(int value) {
        return new FlowQuestion(destination, source, mark, iif, oif, tos, protocol, sourcePort, destinationPort, value);
    }

    /// The version of IP of the packet.
    public IpFamily family() {
        return destination.family();
    }

    /// The command that asks the kernel: `ip route get 10.1.2.3 mark 0xca6c`.
    public String command() {
        StringBuilder out = new StringBuilder(family() == IpFamily.V6 ? "ip -6 route get " : "ip route get ");
        out.append(destination.text());
        source.ifPresent(address -> out.append(" from ").append(address.text()));
        iif.ifPresent(device -> out.append(" iif ").append(device));
        oif.ifPresent(device -> out.append(" oif ").append(device));
        if (tos != 0) {
            out.append(" tos 0x").append(Integer.toHexString(tos));
        }
        if (mark != 0) {
            out.append(" mark 0x").append(Integer.toHexString(mark));
        }
        if (uid != 0) {
            out.append(" uid ").append(Integer.toUnsignedString(uid));
        }
        protocol.ifPresent(number -> out.append(" ipproto ").append(protocolWord(number)));
        if (sourcePort != 0) {
            out.append(" sport ").append(sourcePort);
        }
        if (destinationPort != 0) {
            out.append(" dport ").append(destinationPort);
        }
        return out.toString();
    }

    private static String protocolWord(int number) {
        return switch (number) {
            case ICMP -> "icmp";
            case TCP -> "tcp";
            case UDP -> "udp";
            case ICMPV6 -> "ipv6-icmp";
            default -> Integer.toString(number);
        };
    }
}
