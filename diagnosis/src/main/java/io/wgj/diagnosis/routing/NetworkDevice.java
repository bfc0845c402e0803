// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.config.net.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A device with its addresses and settings.
///
/// @param index the kernel's number; 0 for a device that does not exist yet
/// @param name up to 15 bytes, one a char
/// @param kind `wireguard`, `vrf`, …; empty for links without one
/// @param up whether it is switched on
/// @param carrier whether it has a carrier
/// @param loopback whether it is `lo` or its like
/// @param mtu in bytes
/// @param group its device group, 32 bits unsigned
/// @param master the name of the bridge, bond or VRF that it belongs to
/// @param vrfTable the table of a VRF
/// @param addresses in the kernel's order
/// @param settings its sysctls
public record NetworkDevice(
        int index,
        String name,
        Optional<String> kind,
        boolean up,
        boolean carrier,
        boolean loopback,
        int mtu,
        int group,
        Optional<String> master,
        OptionalInt vrfTable,
        List<DeviceAddress> addresses,
        DeviceSettings settings) {
    public NetworkDevice {
        addresses = List.copyOf(addresses);
    }

    /// A device that is up, as `ip link add` creates it.
    public NetworkDevice(int index, String name, int mtu, List<DeviceAddress> addresses) {
        this(
                index,
                name,
                Optional.empty(),
                true,
                true,
                name.equals("lo"),
                mtu,
                0,
                Optional.empty(),
                OptionalInt.empty(),
                addresses,
                DeviceSettings.DEFAULT);
    }

    /// Whether it is a VRF.
    public boolean isVrf() {
        return vrfTable.isPresent();
    }

    /// Its addresses of one family.
    public List<DeviceAddress> addresses(IpFamily family) {
        List<DeviceAddress> found = new ArrayList<>();
        for (DeviceAddress address : addresses) {
            if (address.family() == family) {
                found.add(address);
            }
        }
        return found;
    }

    /// The same with other settings.
    public NetworkDevice withSettings(DeviceSettings others) {
        return new NetworkDevice(
                index, name, kind, up, carrier, loopback, mtu, group, master, vrfTable, addresses, others);
    }
}
