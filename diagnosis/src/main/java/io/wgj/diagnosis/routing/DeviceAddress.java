// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;

/// An address of a device.
///
/// @param address the device's own
/// @param subnet what is on the link: the far end's prefix for a point-to-point address
/// @param scope `Route.SCOPE_…`
/// @param flags `IFA_F_…` bits (linux/if_addr.h)
public record DeviceAddress(IpAddress address, IpPrefix subnet, int scope, int flags) {
    private static final int SECONDARY = 0x01;
    private static final int OPTIMISTIC = 0x04;
    private static final int DAD_FAILED = 0x08;
    private static final int DEPRECATED = 0x20;
    private static final int TENTATIVE = 0x40;

    /// An address of global scope.
    public DeviceAddress(IpPrefix prefix) {
        this(prefix.address(), prefix, 0, 0);
    }

    /// Its version of IP.
    public IpFamily family() {
        return address.family();
    }

    /// Whether another IPv4 address of the same subnet comes before it.
    public boolean isSecondary() {
        return family() == IpFamily.V4 && (flags & SECONDARY) != 0;
    }

    /// Whether it is one of IPv6's temporary addresses.
    public boolean isTemporary() {
        return family() == IpFamily.V6 && (flags & SECONDARY) != 0;
    }

    /// Whether it may be used before its uniqueness is known.
    public boolean isOptimistic() {
        return (flags & OPTIMISTIC) != 0;
    }

    /// Whether its uniqueness is not known yet.
    public boolean isTentative() {
        return (flags & TENTATIVE) != 0;
    }

    /// Whether another host has it.
    public boolean isDuplicate() {
        return (flags & DAD_FAILED) != 0;
    }

    /// Whether new connections should not use it.
    public boolean isDeprecated() {
        return (flags & DEPRECATED) != 0;
    }
}
