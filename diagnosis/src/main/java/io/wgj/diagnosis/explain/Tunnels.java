// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.explain;

import io.wgj.config.device.DeviceState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The WireGuard interfaces of a host, as far as they could be read. Their secrets are not looked at.
public final class Tunnels {
    private final Map<String, DeviceState> devices = new HashMap<>();
    private final Set<String> unreadable;

    /// @param devices those that could be read
    /// @param unreadable the names of those that only root may read
    public Tunnels(List<DeviceState> devices, Set<String> unreadable) {
        for (DeviceState device : devices) {
            this.devices.put(device.name().text(), device);
        }
        this.unreadable = new HashSet<>(unreadable);
    }

    /// The interface called `name`; empty when it is none or could not be read.
    public Optional<DeviceState> get(String name) {
        return Optional.ofNullable(devices.get(name));
    }

    /// Whether `name` is a WireGuard interface.
    boolean has(String name) {
        return devices.containsKey(name) || unreadable.contains(name);
    }

    /// Whether only root may read the interface.
    boolean isUnreadable(String name) {
        return unreadable.contains(name);
    }

    /// The interface that listens on a port.
    Optional<String> listeningOn(int port) {
        for (DeviceState device : devices.values()) {
            if (device.listenPort() == port) {
                return Optional.of(device.name().text());
            }
        }
        return Optional.empty();
    }

    /// The mark of an interface; empty when it could not be read.
    OptionalInt mark(String name) {
        DeviceState device = devices.get(name);
        return device == null ? OptionalInt.empty() : OptionalInt.of(device.fwmark());
    }
}
