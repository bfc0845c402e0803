// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.device;

import io.wgj.config.net.IpPrefix;

/// One prefix to give to a peer or to take from it.
///
/// @param prefix host bits may be set; devices clear them
/// @param remove whether to take it away; a prefix that the peer does not own is then left alone silently
public record AllowedIpUpdate(IpPrefix prefix, boolean remove) {
    /// Gives `prefix` to the peer, taking it from the one that had it.
    public static AllowedIpUpdate add(IpPrefix prefix) {
        return new AllowedIpUpdate(prefix, false);
    }
}
