// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.device;

import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.device.WireGuardDeviceContract;
import io.wgj.config.net.DeviceName;
import io.wgj.it.Command;
import io.wgj.netlink.wireguard.KernelDevice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/// The contract, kept by [KernelDevice] and the kernel's module, in the network namespace that the ring was
/// started in.
@Tag("kernel")
class KernelDeviceKernelTest extends WireGuardDeviceContract {
    private static final String NAME = "wgcontract0";

    @Override
    protected WireGuardDevice openFreshDevice() {
        Command.of("ip", "link", "add", NAME, "type", "wireguard").run().ok();
        return new KernelDevice(new DeviceName(NAME));
    }

    @AfterEach
    void remove() {
        Command.of("ip", "link", "delete", NAME).run().ok();
    }

    @Override
    protected boolean keepsPeersInCreationOrder() {
        return true;
    }

    @Override
    protected boolean choosesPortsWhileDown() {
        return false;
    }

    /// Since Linux 6.16.
    @Override
    protected boolean removesSingleAllowedIps() {
        String[] version = System.getProperty("os.version").split("[^0-9]+", 3);
        int major = Integer.parseInt(version[0]);
        return major > 6 || major == 6 && Integer.parseInt(version[1]) >= 16;
    }
}
