// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.InterfaceName;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.netlink.wireguard.KernelDevice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What runs need from a process that makes no tunnels, such as the monitor. It starts no engine, and its hooks
/// may take thirty seconds each.
public final class HostEnvironment implements Environment {
    private static final Duration HOOK_TIMEOUT = Duration.ofSeconds(30);

    private final UapiSockets sockets = new UapiSockets();

    @Override
    public WireGuardDevice device(InterfaceName link) {
        DeviceName name = new DeviceName(link.text());
        return sockets.exists(name) ? sockets.open(name) : new KernelDevice(name);
    }

    @Override
    public Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
    }

    @Override
    public List<String> ownEngine() {
        return List.of();
    }

    @Override
    public Optional<Duration> hookTimeout() {
        return Optional.of(HOOK_TIMEOUT);
    }
}
