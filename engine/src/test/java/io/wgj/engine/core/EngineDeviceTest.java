// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.device.WireGuardDeviceContract;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.engine.crypto.Primitives;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineDeviceTest extends WireGuardDeviceContract {
    @Override
    protected WireGuardDevice openFreshDevice() {
        TestNode sockets = new TestNode(new TestNetwork(1), 1);
        DeviceCore core = new DeviceCore(Primitives.portable(), new TestClock(), new Random(1)::nextBytes, sockets);
        return new EngineDevice(new DeviceName("engine0"), core, sockets);
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

    /// Applies everything at once, which is refused and changes nothing.
    private static void assertRefused(TestNode node, int errno) {
        DeviceState before = node.device.read();

        DeviceException failure =
                catchThrowableOfType(DeviceException.class, () -> node.device.apply(everything(node.privateKey)));

        assertThat(failure.errno()).isEqualTo(errno);
        assertThat(node.device.read()).isEqualTo(before);
        assertThat(node.mark).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void changesNothingWhenThePortIsTaken(boolean up) {
        TestNode node = new TestNode(new TestNetwork(1), 1);
        if (up) {
            node.up();
        }
        node.portTaken = true;
        assertRefused(node, 98);
    }

    @Test
    void changesNothingWhenTheMarkIsRefused() {
        TestNode node = new TestNode(new TestNetwork(1), 1).up();
        node.markRefused = true;
        assertRefused(node, 1);
    }

    @Test
    void reportsWhyItDoesNotListen() throws DeviceException {
        TestNode node = new TestNode(new TestNetwork(1), 1);
        node.portTaken = true;
        int errno = catchThrowableOfType(DeviceException.class, node.device::up).errno();
        assertThat(node.device.isUp()).isFalse();
        assertThat(node.device.refusal()).isEqualTo(errno).isEqualTo(98);
        node.portTaken = false;

        node.device.up();

        assertThat(node.device.isUp()).isTrue();
        assertThat(node.device.refusal()).isZero();
    }

    @Test
    void choosesAPortWhenItComesUpWithoutOne() throws DeviceException {
        TestNode node = new TestNode(new TestNetwork(1), 1);
        node.apply(new DeviceUpdate(Change.keep(), Change.clear(), Change.keep(), false, List.of()));
        assertThat(node.device.read().listenPort()).isZero();

        node.device.up();

        assertThat(node.device.read().listenPort()).isEqualTo(40_000);
    }

    @Test
    void staysDownWhenItsPortIsTaken() throws DeviceException {
        TestNode node = new TestNode(new TestNetwork(1), 1);
        node.portTaken = true;
        assertThat(catchThrowableOfType(DeviceException.class, node.device::up).errno())
                .isEqualTo(98);
        node.portTaken = false;

        node.device.up();

        assertThat(node.device.read().listenPort()).isEqualTo(TestNode.PORT);
    }

    /// `get` returns the port in use, as the kernel's and wireguard-go's do.
    @Test
    void clampsItsPrivateKey() throws DeviceException {
        TestNode node = new TestNode(new TestNetwork(1), 1);
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) 3);
        PrivateKey drawn = PrivateKey.of(bytes);

        node.apply(new DeviceUpdate(Change.set(drawn), Change.keep(), Change.keep(), false, List.of()));

        DeviceState state = node.device.read();
        assertThat(state.privateKey().orElseThrow().toBase64())
                .isEqualTo("AAMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA0M=");
        assertThat(state.publicKey()).contains(drawn.publicKey());
    }

    @Test
    void refusesNumbersOutOfRange() {
        TestNode node = new TestNode(new TestNetwork(1), 1);
        PeerUpdate.Put put =
                new PeerUpdate.Put(PublicKey.of(new byte[32]), PeerSettings.NONE.withPersistentKeepalive(65_536));

        assertThat(catchThrowableOfType(
                                DeviceException.class, () -> node.device.apply(DeviceUpdate.ofPeers(List.of(put))))
                        .errno())
                .isEqualTo(22);
        assertThat(node.device.read().peers()).isEmpty();
    }

    private static DeviceUpdate everything(PrivateKey key) {
        PublicKey peer = PublicKey.of(key.toBytes());
        return new DeviceUpdate(Change.clear(), Change.set(7), Change.set(9), true, List.of(new PeerUpdate.Put(peer)));
    }
}
