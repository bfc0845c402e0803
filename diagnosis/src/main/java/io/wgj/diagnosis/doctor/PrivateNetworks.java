// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.diagnosis.routing.DeviceAddress;
import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.diagnosis.routing.NetworkDevice;

/// Addresses that only their own network knows.
final class PrivateNetworks {
    private static final IpPrefix[] ALL = {
        prefix(10, 0, 8), prefix(172, 16, 12), prefix(192, 168, 16), prefix(100, 64, 10)
    };

    private PrivateNetworks() {}

    private static IpPrefix prefix(int first, int second, int length) {
        return new IpPrefix(IpAddress.ofV4(first << 24 | second << 16), length);
    }

    /// Whether an address is private, and of a network that no interface of this host is in.
    static boolean isForeign(IpAddress address, HostSnapshot host) {
        boolean isPrivate = false;
        for (IpPrefix prefix : ALL) {
            isPrivate |= prefix.contains(address);
        }
        if (!isPrivate) {
            return false;
        }
        for (NetworkDevice device : host.devices()) {
            for (DeviceAddress own : device.addresses()) {
                if (own.subnet().contains(address)) {
                    return false;
                }
            }
        }
        return true;
    }
}
