// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.config.net.IpAddress;
import java.util.Optional;

/// A way out that the kernel may take.
///
/// @param device the link
/// @param gateway empty when the destination is on the link
/// @param source the packet's source address; empty when it is not known or not asked for
public record NextHopChoice(String device, Optional<IpAddress> gateway, Optional<IpAddress> source) {
    /// `eth0 via 192.0.2.1`.
    public String text() {
        return gateway.isPresent() ? device + " via " + gateway.get().text() : device;
    }
}
