// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.status;

import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.Host;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.net.DeviceName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Devices as the monitor shows them to a command that lacks the privilege to read them: without secrets. The
/// monitor is asked once, when it is first needed.
public final class MonitorDevices {
    private final Host host;
    private @Nullable List<DeviceState> devices;

    public MonitorDevices(Host host) {
        this.host = host;
    }

    /// The device called `name`; empty when the monitor cannot help.
    ///
    /// @param failure of the command's own reading; only a lack of privilege makes it ask
    public Optional<DeviceState> instead(DeviceName name, DeviceException failure) {
        if (failure.reason() != DeviceException.Reason.NOT_PERMITTED) {
            return Optional.empty();
        }
        for (DeviceState device : all()) {
            if (device.name().equals(name)) {
                return Optional.of(device);
            }
        }
        return Optional.empty();
    }

    private List<DeviceState> all() {
        List<DeviceState> known = devices;
        if (known == null) {
            try {
                known = new MonitorClient(host, "show").devices();
            } catch (RefusalException _) {
                // The caller reports its own failure.
                known = List.of();
            }
            devices = known;
        }
        return known;
    }
}
