// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.diagnosis;

import io.wgj.cli.host.Host;
import io.wgj.cli.status.MonitorDevices;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.net.DeviceName;
import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.diagnosis.routing.NetworkDevice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The WireGuard interfaces of a host, from the kernel, from engines, or, for an ordinary user, from the monitor.
///
/// @param devices those that could be read; their secrets are not used
/// @param unreadable the names of those that only root may read
record ReadTunnels(List<DeviceState> devices, Set<String> unreadable) {
    private static final String WIREGUARD = "wireguard";
    private static final String TUN = "tun";

    /// @param asked the interface in question
    static ReadTunnels of(Host host, HostSnapshot snapshot, String asked) {
        List<DeviceState> devices = new ArrayList<>();
        Set<String> unreadable = new HashSet<>();
        MonitorDevices monitor = new MonitorDevices(host);
        for (DeviceName name : names(host, snapshot, asked)) {
            try (WireGuardDevice device = host.devices().openToRead(name)) {
                devices.add(device.read());
            } catch (DeviceException failure) {
                monitor.instead(name, failure).ifPresentOrElse(devices::add, () -> {
                    if (mayBeTunnel(snapshot, name, host.devices().examine(name, failure))) {
                        unreadable.add(name.text());
                    }
                });
            }
        }
        return new ReadTunnels(devices, unreadable);
    }

    /// An ordinary user cannot list engines, so the link in question is tried whatever it is.
    private static Set<DeviceName> names(Host host, HostSnapshot snapshot, String asked) {
        Set<DeviceName> names = new LinkedHashSet<>();
        try {
            names.addAll(host.devices().list());
        } catch (DeviceException failure) {
            snapshot.devices().stream()
                    .filter(device -> device.kind().filter(WIREGUARD::equals).isPresent())
                    .forEach(device -> names.add(new DeviceName(device.name())));
        }
        if (snapshot.device(asked).isPresent()) {
            names.add(new DeviceName(asked));
        }
        return names;
    }

    private static boolean mayBeTunnel(HostSnapshot snapshot, DeviceName name, DeviceException failure) {
        String kind = snapshot.device(name.text()).flatMap(NetworkDevice::kind).orElse("");
        return kind.equals(WIREGUARD) || kind.equals(TUN) && failure.reason() == DeviceException.Reason.NOT_PERMITTED;
    }
}
