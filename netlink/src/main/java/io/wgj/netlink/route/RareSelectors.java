// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Selectors that few rules have and that older kernels do not know.
///
/// @param dscp the upper six bits of the type of service; Linux 6.13, its mask 6.15
/// @param flowLabel of IPv6, 20 bits; Linux 6.14
/// @param sourcePortMask the bits of a single source port that count, of 16; empty for all; Linux 6.15
/// @param destinationPortMask likewise
/// @param tunnelId 64 bits unsigned, of packets from a tunnel with metadata; never 0
/// @param realms the source realm in the upper 16 bits, the destination's in the lower ones; 0 for none
/// @param suppressGroup routes by a device of this group are ignored; empty to ignore none
public record RareSelectors(
        Optional<Masked> dscp,
        Optional<Masked> flowLabel,
        OptionalInt sourcePortMask,
        OptionalInt destinationPortMask,
        OptionalLong tunnelId,
        int realms,
        OptionalInt suppressGroup) {
    /// The value of nearly all rules.
    public static final RareSelectors NONE = new RareSelectors(
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalLong.empty(),
            0,
            OptionalInt.empty());

    static final int DSCP_BITS = 0x3f;
    static final int FLOW_LABEL_BITS = 0xf_ffff;
    static final int PORT_BITS = 0xffff;

    /// @param value the bits
    /// @param mask the bits that count
    public record Masked(int value, int mask) {}

    RareSelectors withDscp(Masked value) {
        return new RareSelectors(
                Optional.of(value), flowLabel, sourcePortMask, destinationPortMask, tunnelId, realms, suppressGroup);
    }

    RareSelectors withFlowLabel(Masked value) {
        return new RareSelectors(
                dscp, Optional.of(value), sourcePortMask, destinationPortMask, tunnelId, realms, suppressGroup);
    }

    RareSelectors withSourcePortMask(int mask) {
        return new RareSelectors(
                dscp, flowLabel, OptionalInt.of(mask), destinationPortMask, tunnelId, realms, suppressGroup);
    }

    RareSelectors withDestinationPortMask(int mask) {
        return new RareSelectors(
                dscp, flowLabel, sourcePortMask, OptionalInt.of(mask), tunnelId, realms, suppressGroup);
    }

    RareSelectors withTunnelId(long id) {
        return new RareSelectors(
                dscp, flowLabel, sourcePortMask, destinationPortMask, OptionalLong.of(id), realms, suppressGroup);
    }

    RareSelectors withRealms(int value) {
        return new RareSelectors(dscp, flowLabel, sourcePortMask, destinationPortMask, tunnelId, value, suppressGroup);
    }

    RareSelectors withSuppressGroup(int group) {
        return new RareSelectors(
                dscp, flowLabel, sourcePortMask, destinationPortMask, tunnelId, realms, OptionalInt.of(group));
    }
}
