// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.text.Ascii;
import java.util.List;
import java.util.Optional;

/// Finds an `MTU` that is too small for the IPv6 of the same file. The kernel silently removes IPv6 and its
/// addresses from such a link.
final class MinimumMtu {
    /// `IPV6_MIN_MTU`, RFC 8200 section 5.
    private static final int LEAST_FOR_IPV6 = 1280;

    private MinimumMtu() {}

    /// The problem, at the place of the MTU; empty when there is none.
    ///
    /// @param lines of the file
    /// @param countsWg whether wg's part is good, so that allowed IPs count
    static Optional<Problem> find(QuickFile lines, TunnelFile file, boolean countsWg) {
        InterfaceSection section = file.interfaceSection();
        if (section.mtu().isEmpty() || section.mtu().get().value() >= LEAST_FOR_IPV6) {
            return Optional.empty();
        }
        Optional<String> ipv6 = ipv6(lines, file, countsWg);
        if (ipv6.isEmpty()) {
            return Optional.empty();
        }
        Located<Integer> mtu = section.mtu().get();
        return Optional.of(Problem.of(
                mtu.place(),
                Key.MTU,
                mtu.text(),
                "IPv6 needs an MTU of at least " + LEAST_FOR_IPV6 + ", and " + ipv6.get() + " is IPv6",
                "write `MTU = " + LEAST_FOR_IPV6 + "' or more, or remove the IPv6 addresses"));
    }

    /// The first value that puts IPv6 on the link, with its line.
    private static Optional<String> ipv6(QuickFile lines, TunnelFile file, boolean countsWg) {
        for (Located<IpPrefix> address : file.interfaceSection().addresses()) {
            if (address.value().family() == IpFamily.V6) {
                return Optional.of("Address " + address.value().text() + " of line "
                        + address.place().line());
            }
        }
        boolean routes = !(file.interfaceSection().table() instanceof RouteTable.Off);
        for (PeerSection peer : routes && countsWg ? file.peers() : List.<PeerSection>of()) {
            for (AllowedIpUpdate entry : peer.settings().allowedIps()) {
                if (entry.prefix().family() == IpFamily.V6 && !entry.remove()) {
                    int line = allowedIpsLine(lines, peer.place().line());
                    return Optional.of("AllowedIPs " + entry.prefix().text() + " of line " + line);
                }
            }
        }
        return Optional.empty();
    }

    /// The first line of a peer's section that has an IPv6 prefix.
    private static int allowedIpsLine(QuickFile lines, int section) {
        for (QuickLine line : lines.lines()) {
            if (line.number() > section && line.key().isEmpty()) {
                WgLine text = WgLine.of(line.number(), line.trimmed());
                if (Ascii.equalsIgnoreCase(text.key(), Key.ALLOWED_IPS.text())
                        && text.value().indexOf(':') >= 0) {
                    return line.number();
                }
            }
        }
        return section;
    }
}
