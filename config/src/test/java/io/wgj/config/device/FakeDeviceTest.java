// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import java.util.List;
import org.junit.jupiter.api.Test;

class FakeDeviceTest extends WireGuardDeviceContract {
    @Override
    protected WireGuardDevice openFreshDevice() {
        return new FakeDevice(new DeviceName("fake0"));
    }

    @Override
    protected boolean keepsPeersInCreationOrder() {
        return true;
    }

    @Override
    protected boolean choosesPortsWhileDown() {
        return false;
    }

    @Override
    protected boolean removesSingleAllowedIps() {
        return true;
    }

    @Test
    void refusesWhatNoDeviceCanDo() {
        FakeDevice device = new FakeDevice(new DeviceName("fake0"));
        PublicKey key = PublicKey.of(new byte[32]);
        PeerUpdate.Put forgetful = new PeerUpdate.Put(key, PeerSettings.NONE.withEndpoint(Change.clear()));

        assertThatThrownBy(() -> device.apply(DeviceUpdate.ofPeers(List.of(forgetful))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesToBeUsedOnceClosed() {
        FakeDevice device = new FakeDevice(new DeviceName("fake0"));
        device.close();

        assertThatThrownBy(device::read).isInstanceOf(IllegalStateException.class);
        assertThat(device.isClosed()).isTrue();
    }

    @Test
    void failsAsItIsTold() {
        FakeDevice device = new FakeDevice(new DeviceName("fake0"));
        DeviceException failure = new DeviceException(DeviceException.Reason.IO, 5, null);
        device.failWith(failure);

        assertThatThrownBy(device::read).isSameAs(failure);
    }
}
