// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import java.util.Optional;

/// The way of encrypted packets, whatever the main table says. At least one of the three is present.
///
/// @param dev the outgoing device
/// @param via the gateway
/// @param src the source address, of the same family as `via`
public record Underlay(Optional<InterfaceName> dev, Optional<IpAddress> via, Optional<IpAddress> src) {
    /// Throws `IllegalArgumentException` for none of the three, or for two families.
    public Underlay {
        if (dev.isEmpty() && via.isEmpty() && src.isEmpty()) {
            throw new IllegalArgumentException("an underlay has a device, a gateway or a source");
        }
        if (via.isPresent()
                && src.isPresent()
                && via.get().family() != src.get().family()) {
            throw new IllegalArgumentException("an underlay is of one family");
        }
    }

    /// Whether it is about this version of IP: a device alone is about both.
    public boolean covers(IpFamily family) {
        Optional<IpAddress> address = via.isPresent() ? via : src;
        return address.isEmpty() || address.get().family() == family;
    }
}
