// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.packet;

/// What a [Merger] may do.
///
/// @param vnetHeader whether writes start with a [VirtioHeader]; without, nothing is joined
/// @param tcp whether TCP segments are joined
/// @param udp whether UDP datagrams are joined; only for a TUN that takes them
/// @param verify whether TCP and UDP checksums are verified before joining. Joining replaces them: without this, a
/// packet that was damaged before it entered the tunnel leaves it as a sound one, as it does from the
/// kernel's own WireGuard
public record MergeRules(boolean vnetHeader, boolean tcp, boolean udp, boolean verify) {
    /// Every packet on its own.
    public static MergeRules none(boolean vnetHeader) {
        return new MergeRules(vnetHeader, false, false, true);
    }
}
