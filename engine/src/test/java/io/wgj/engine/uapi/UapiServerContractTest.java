// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.device.WireGuardDeviceContract;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/// The contract, kept by a device in memory through both ends of the protocol.
class UapiServerContractTest extends WireGuardDeviceContract {
    private @Nullable FakeServedDevice served;

    @Override
    protected WireGuardDevice openFreshDevice() throws Exception {
        FakeServedDevice fresh = new FakeServedDevice();
        served = fresh;
        return fresh.client();
    }

    @AfterEach
    void stop() throws IOException {
        if (served != null) {
            served.close();
        }
    }

    @Override
    protected boolean keepsPeersInCreationOrder() {
        return true;
    }

    @Override
    protected boolean removesSingleAllowedIps() {
        return true;
    }

    @Override
    protected boolean choosesPortsWhileDown() {
        return false;
    }
}
