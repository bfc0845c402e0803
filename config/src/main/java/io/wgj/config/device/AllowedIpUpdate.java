// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.device;

import io.wgj.config.net.IpPrefix;

/// One prefix to add to a peer or to remove from it.
///
/// @param prefix host bits may be set; devices clear them
/// @param remove whether to remove it; a prefix that the peer does not own is no error then
public record AllowedIpUpdate(IpPrefix prefix, boolean remove) {
    /// Adds `prefix` to the peer, and so removes it from the peer that has it.
    public static AllowedIpUpdate add(IpPrefix prefix) {
        return new AllowedIpUpdate(prefix, false);
    }
}
