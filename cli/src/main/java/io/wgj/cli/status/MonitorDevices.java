// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.status;

import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.Host;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.net.DeviceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Devices as the monitor shows them to a command that lacks the privilege to read them: without secrets. The
/// monitor is asked once, when it is first needed.
public final class MonitorDevices {
    private final Host host;
    private boolean asked;
    /// What the monitor has answered; empty when it cannot help.
    private Optional<List<DeviceState>> answer = Optional.empty();

    public MonitorDevices(Host host) {
        this.host = host;
    }

    /// The device called `name`; empty when the monitor cannot help.
    ///
    /// @param failure of the command's own reading; only a lack of privilege makes it ask. Where the sockets of
    ///     userspace devices are hidden from this user, the kernel's answer looks like another failure, so the
    ///     system's links are asked first
    public Optional<DeviceState> instead(DeviceName name, DeviceException failure) {
        if (!isForbidden(host.devices().examine(name, failure))) {
            return Optional.empty();
        }
        for (DeviceState device : all().orElse(List.of())) {
            if (device.name().equals(name)) {
                return Optional.of(device);
            }
        }
        return Optional.empty();
    }

    /// The names of all devices; empty when the monitor cannot help.
    ///
    /// @param failure of the command's own listing; only a lack of privilege makes it ask
    public Optional<List<DeviceName>> namesInstead(DeviceException failure) {
        Optional<List<DeviceState>> devices = isForbidden(failure) ? all() : Optional.empty();
        if (devices.isEmpty()) {
            return Optional.empty();
        }
        List<DeviceName> names = new ArrayList<>();
        for (DeviceState device : devices.get()) {
            names.add(device.name());
        }
        return Optional.of(names);
    }

    private static boolean isForbidden(DeviceException failure) {
        return failure.reason() == DeviceException.Reason.NOT_PERMITTED;
    }

    private Optional<List<DeviceState>> all() {
        if (!asked) {
            asked = true;
            try {
                answer = Optional.of(new MonitorClient(host, "show").devices());
            } catch (RefusalException _) {
                // The caller reports its own failure.
                answer = Optional.empty();
            }
        }
        return answer;
    }
}
