// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.host.Host;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.InterfaceName;
import io.wgj.quick.model.HostSupport;
import io.wgj.quick.run.Environment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The environment that this process gives to a run.
/// @param hookTimeout how long a hook may run
record ProcessEnvironment(Host host, Optional<Duration> hookTimeout) implements Environment {
    @Override
    public WireGuardDevice device(InterfaceName link) throws DeviceException {
        return host.devices().openToWrite(new DeviceName(link.text()));
    }

    @Override
    public Optional<String> variable(String name) {
        String value = host.env(name);
        return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    @Override
    public boolean wantsOwnEngine() {
        return variable(HostSupport.WISH).orElse("").equals("1");
    }

    /// `wgj engine`. The launcher has put its own folder first in `PATH`.
    @Override
    public List<String> ownEngine() {
        return List.of("wgj", "engine");
    }
}
