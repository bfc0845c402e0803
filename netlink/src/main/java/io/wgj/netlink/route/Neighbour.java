// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.config.net.IpAddress;
import java.util.Optional;

/// An entry of the neighbour table (ARP and neighbour discovery).
///
/// @param address of the neighbour
/// @param device the name of the link
/// @param state `NUD_…` bits (linux/neighbour.h)
/// @param linkAddress its hardware address as ip(8) writes it; empty while it is not known
public record Neighbour(IpAddress address, String device, int state, Optional<String> linkAddress) {
    public static final int INCOMPLETE = 0x01;
    public static final int REACHABLE = 0x02;
    public static final int STALE = 0x04;
    public static final int DELAY = 0x08;
    public static final int PROBE = 0x10;
    public static final int FAILED = 0x20;
    public static final int NO_ARP = 0x40;
    public static final int PERMANENT = 0x80;

    /// Whether the neighbour did not answer.
    public boolean isFailed() {
        return (state & FAILED) != 0;
    }
}
