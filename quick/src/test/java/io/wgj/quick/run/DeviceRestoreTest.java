// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.PeerState;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.engine.uapi.EngineOptions;
import io.wgj.quick.model.Samples;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A device as text, for another process.
class DeviceRestoreTest {
    private static final PublicKey K1 = PublicKey.of(key(1));
    private static final PublicKey K2 = PublicKey.of(key(2));

    private static byte[] key(int first) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) first;
        return bytes;
    }

    @Test
    void aDeviceSurvivesAsText() throws Exception {
        PrivateKey secret = PrivateKey.of(key(8));
        DeviceState before = new DeviceState(
                new DeviceName("wg0"),
                Optional.of(secret),
                Optional.of(secret.publicKey()),
                51820,
                0xca6c,
                List.of(
                        new PeerState(K1)
                                .withPresharedKey(PresharedKey.of(key(9)))
                                .withEndpoint(new Endpoint.Numeric(Samples.address("2001:db8::1"), 5))
                                .withAllowedIps(List.of(Samples.prefix("10.0.0.0/8"), Samples.prefix("fd00::/64")))
                                .withPersistentKeepalive(25),
                        new PeerState(K2).withAllowedIps(List.of(Samples.prefix("192.0.2.7/32")))));

        DeviceState after = DeviceRestore.device(Samples.WG0, DeviceRestore.text(before));
        assertThat(after.peers()).isEqualTo(before.peers());
        assertThat(DeviceRestore.wanted(after)).isEqualTo(DeviceRestore.wanted(before));
    }

    @Test
    void aDeviceWithNothingSurvives() throws Exception {
        DeviceState before =
                new DeviceState(new DeviceName("wg0"), Optional.empty(), Optional.empty(), 0, 0, List.of());
        DeviceState after = DeviceRestore.device(Samples.WG0, DeviceRestore.text(before));
        assertThat(after.peers()).isEmpty();
        assertThat(after.listenPort()).isZero();
    }

    @Test
    void theEnginesSettingsSurvive() throws Exception {
        EngineOptions told = new EngineOptions(
                Change.set(List.of(Samples.address("198.51.100.7"))),
                Change.set(List.of(Samples.prefix("192.0.2.0/24"))),
                Map.of(K2, List.of(Samples.prefix("192.0.2.0/25"))));
        assertThat(DeviceRestore.engine(DeviceRestore.text(Optional.of(told)))).contains(told);
        assertThat(DeviceRestore.engine(DeviceRestore.text(Optional.empty()))).isEmpty();
    }
}
