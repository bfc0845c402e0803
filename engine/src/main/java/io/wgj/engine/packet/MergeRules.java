// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.packet;

/// What a [Merger] may do.
///
/// @param vnetHeader whether writes start with a [VirtioHeader]; without it nothing is joined
/// @param tcp whether to join TCP segments
/// @param udp whether to join UDP datagrams; only for a TUN that takes them
/// @param verify whether to verify TCP and UDP checksums before joining. Joining replaces them. Without
///     verifying, a packet that was damaged before it entered the tunnel leaves it with a valid checksum, as
///     from the kernel's own WireGuard.
public record MergeRules(boolean vnetHeader, boolean tcp, boolean udp, boolean verify) {
    /// Rules that write every packet by itself.
    public static MergeRules none(boolean vnetHeader) {
        return new MergeRules(vnetHeader, false, false, true);
    }
}
