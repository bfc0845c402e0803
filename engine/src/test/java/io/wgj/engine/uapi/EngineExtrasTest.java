// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.sys.Errno;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What travels to our own engine beside the common protocol.
class EngineExtrasTest implements ServedDevice {
    private static final PublicKey PEER = PublicKey.of(
            new byte[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
            });

    @TempDir
    Path folder;

    private final List<SetRequest> received = new ArrayList<>();

    @Test
    void comeOutAsTheyWentIn() throws Exception {
        EngineExtras extras = new EngineExtras(
                Change.set(List.of(address("192.0.2.7"), address("2001:db8::7"))),
                Change.set(List.of(prefix("198.51.100.0", 24), prefix("2001:db8::", 32))),
                Map.of(PEER, List.of(prefix("203.0.113.9", 32))));
        SetRequest request = new SetRequest(DeviceUpdate.ofPeers(List.of(new PeerUpdate.Put(PEER))), extras);

        send(request);

        assertThat(received).hasSize(1);
        assertThat(received.getFirst().extras()).isEqualTo(extras);
    }

    @Test
    void anEmptyListLiftsTheRestriction() throws Exception {
        send(new SetRequest(
                DeviceUpdate.ofPeers(List.of()),
                new EngineExtras(Change.clear(), Change.clear(), Map.of(PEER, List.of()))));

        assertThat(received.getFirst().extras())
                .isEqualTo(new EngineExtras(Change.set(List.of()), Change.set(List.of()), Map.of(PEER, List.of())));
    }

    @Test
    void aRequestWithoutThemMentionsNone() throws Exception {
        send(new SetRequest(DeviceUpdate.ofPeers(List.of(new PeerUpdate.Put(PEER))), EngineExtras.NONE));

        assertThat(received.getFirst().extras().isEmpty()).isTrue();
    }

    @Test
    void twoSourcesOfOneFamilyAreRefused() throws Exception {
        DeviceException refusal = null;
        try {
            send(new SetRequest(
                    DeviceUpdate.ofPeers(List.of()),
                    new EngineExtras(
                            Change.set(List.of(address("192.0.2.7"), address("192.0.2.8"))), Change.keep(), Map.of())));
        } catch (DeviceException e) {
            refusal = e;
        }

        assertThat(refusal).isNotNull().extracting(DeviceException::errno).isEqualTo(Errno.EINVAL);
        assertThat(received).isEmpty();
    }

    private void send(SetRequest request) throws Exception {
        SocketFile file = SocketFile.bind(folder.toString(), new InterfaceName("wg0"));
        try (UapiServer _ = UapiServer.start(file.listener(), this, _ -> {})) {
            new UapiDevice(new DeviceName("wg0"), file.path()).apply(request);
        } finally {
            file.remove();
        }
    }

    @Override
    public DeviceState read() {
        return new DeviceState(new DeviceName("wg0"), Optional.empty(), Optional.empty(), 0, 0, List.of());
    }

    @Override
    public void apply(SetRequest request) {
        received.add(request);
    }

    @Override
    public List<EngineFact> facts() {
        return List.of();
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    private static IpPrefix prefix(String text, int length) {
        return new IpPrefix(address(text), length);
    }
}
