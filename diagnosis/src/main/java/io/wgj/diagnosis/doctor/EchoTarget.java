// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.device.PeerState;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where an echo is sent to wake a peer.
///
/// @param address among the peer's allowed IPs
/// @param shouldAnswer whether a host has it, as far as the allowed IPs tell
record EchoTarget(IpAddress address, boolean shouldAnswer) {
    /// TEST-NET-1 and the prefix for documentation: no host has these addresses, so an echo to them only makes the
    /// two ends shake hands.
    private static final IpAddress UNUSED = IpAddress.ofV4(192 << 24 | 2 << 8 | 1);

    private static final IpAddress UNUSED6 = IpAddress.ofV6(0x2001_0db8_0000_0000L, 1);
    private static final int LONG_ENOUGH = 8;

    /// The target for a peer: an address that its allowed IPs name; else the first of the interface's own network
    /// that they cover; else the first of a prefix; else, behind a default route, one that no host has.
    ///
    /// @param networks the interface's addresses with their lengths
    /// @param own all addresses of this host
    static Optional<EchoTarget> of(PeerState peer, List<IpPrefix> networks, Set<IpAddress> own) {
        for (IpPrefix prefix : peer.allowedIps()) {
            if (prefix.length() == prefix.family().bits() && !own.contains(prefix.address())) {
                return Optional.of(new EchoTarget(prefix.address(), true));
            }
        }
        for (IpPrefix network : networks) {
            for (IpPrefix prefix : peer.allowedIps()) {
                IpAddress first = first(network, own);
                if (prefix.family() == network.family() && prefix.contains(first) && !own.contains(first)) {
                    return Optional.of(new EchoTarget(first, false));
                }
            }
        }
        for (IpPrefix prefix : peer.allowedIps()) {
            IpAddress first = first(prefix, own);
            if (prefix.length() >= LONG_ENOUGH && prefix.contains(first) && !own.contains(first)) {
                return Optional.of(new EchoTarget(first, false));
            }
        }
        for (IpPrefix prefix : peer.allowedIps()) {
            IpAddress unused = prefix.family() == IpFamily.V4 ? UNUSED : UNUSED6;
            if (prefix.contains(unused)) {
                return Optional.of(new EchoTarget(unused, false));
            }
        }
        return Optional.empty();
    }

    /// The first address of a network that this host does not have, of the first two.
    private static IpAddress first(IpPrefix network, Set<IpAddress> own) {
        IpAddress base = network.address().masked(network.length());
        IpAddress one = plus(base, 1);
        return own.contains(one) ? plus(base, 2) : one;
    }

    private static IpAddress plus(IpAddress base, int number) {
        return base.family() == IpFamily.V4
                ? IpAddress.ofV4((int) base.low() + number)
                : IpAddress.ofV6(base.high(), base.low() + number);
    }
}
