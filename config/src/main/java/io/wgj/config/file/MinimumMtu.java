// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.text.Ascii;
import java.util.List;
import java.util.Optional;

/// Finds an `MTU` that is too small for the IPv6 that the same file puts on the link: the kernel takes IPv6 off such a
/// link, addresses and all, and says nothing.
final class MinimumMtu {
    /// `IPV6_MIN_MTU`, RFC 8200 section 5.
    private static final int LEAST_FOR_IPV6 = 1280;

    private MinimumMtu() {}

    /// The problem, at the place of the MTU; empty when there is none.
    static Optional<Problem> find(QuickFile file, InterfaceSection section, List<PeerSection> peers, ParsedWg wg) {
        if (section.mtu().isEmpty() || section.mtu().getAsInt() >= LEAST_FOR_IPV6) {
            return Optional.empty();
        }
        Optional<String> ipv6 = ipv6(file, section, peers, wg);
        if (ipv6.isEmpty()) {
            return Optional.empty();
        }
        QuickLine mtu = mtuLine(file);
        return Optional.of(new Problem(
                new Place(file.name(), mtu.number(), mtu.column()),
                "Interface",
                "MTU",
                mtu.value(),
                List.of(),
                "IPv6 needs an MTU of at least " + LEAST_FOR_IPV6 + ", and " + ipv6.get() + " is IPv6",
                "write `MTU = " + LEAST_FOR_IPV6 + "' or more, or take the IPv6 out"));
    }

    /// The last line counts.
    private static QuickLine mtuLine(QuickFile file) {
        for (QuickLine line : file.lines().reversed()) {
            if (line.role() == QuickLine.Role.QUICK && line.key().equals("MTU")) {
                return line;
            }
        }
        throw new IllegalStateException("an MTU without a line");
    }

    /// The first thing that puts IPv6 on the link, with its line.
    private static Optional<String> ipv6(
            QuickFile file, InterfaceSection section, List<PeerSection> peers, ParsedWg wg) {
        for (Located<IpPrefix> address : section.addresses()) {
            if (address.value().address().v6()) {
                return Optional.of("Address " + address.value().text() + " of line "
                        + address.place().line());
            }
        }
        boolean routes = !(section.table() instanceof RouteTable.Off);
        List<WgPeer> wgPeers =
                routes && wg.config().isPresent() ? wg.config().get().peers() : List.of();
        for (int i = 0; i < wgPeers.size(); i++) {
            for (AllowedIpUpdate entry : wgPeers.get(i).allowedIps()) {
                if (entry.prefix().address().v6() && !entry.remove()) {
                    int line = allowedIpsLine(file, peers.get(i).place().line());
                    return Optional.of("AllowedIPs " + entry.prefix().text() + " of line " + line);
                }
            }
        }
        return Optional.empty();
    }

    /// The first line of a peer's section that has an IPv6 prefix.
    private static int allowedIpsLine(QuickFile file, int section) {
        for (QuickLine line : file.lines()) {
            if (line.number() > section && line.role() == QuickLine.Role.WG) {
                WgLine text = WgLine.of(line.number(), line.trimmed());
                if (Ascii.equalsIgnoreCase(text.key(), "AllowedIPs")
                        && text.value().indexOf(':') >= 0) {
                    return line.number();
                }
            }
        }
        return section;
    }
}
