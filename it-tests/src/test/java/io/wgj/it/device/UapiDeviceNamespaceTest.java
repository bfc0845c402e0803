// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.device;

import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.device.WireGuardDeviceContract;
import io.wgj.config.net.DeviceName;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.it.Daemon;
import io.wgj.it.NetNamespace;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/// The contract, kept by [io.wgj.engine.uapi.UapiDevice] and a wireguard-go.
@Tag("namespace")
class UapiDeviceNamespaceTest extends WireGuardDeviceContract {
    private static final String NAME = "wgcontract0";

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @Override
    protected WireGuardDevice openFreshDevice() {
        NetNamespace namespace = NetNamespace.create();
        opened.push(namespace);
        opened.push(Daemon.start(namespace, NAME));
        return new UapiSockets().open(new DeviceName(NAME));
    }

    /// The last opened first: the namespace lives as long as the daemon in it.
    @AfterEach
    void stop() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    /// wireguard-go keeps them in a hash map.
    @Override
    protected boolean keepsPeersInCreationOrder() {
        return false;
    }

    @Override
    protected boolean choosesPortsWhileDown() {
        return true;
    }

    @Override
    protected boolean removesSingleAllowedIps() {
        return true;
    }
}
