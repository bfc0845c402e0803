// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import io.wgj.config.device.DeviceState;
import io.wgj.config.device.PeerState;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpPrefix;
import io.wgj.engine.run.EngineConfig;
import io.wgj.engine.run.EngineEnd;
import io.wgj.engine.run.EngineHandle;
import io.wgj.engine.uapi.EngineStat;
import io.wgj.engine.uapi.ServedDevice;
import io.wgj.engine.uapi.SetRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// An engine for a training run that cannot create an interface. It has one peer, and its answers never change.
record FakeEngine(InterfaceName name, CountDownLatch end) implements EngineHandle, ServedDevice {
    private static final PrivateKey KEY = PrivateKey.fromRandom(new byte[32]);
    private static final PublicKey PEER = KEY.publicKey();
    private static final Endpoint.Numeric ENDPOINT = TrainedTunnel.endpoint(0);
    private static final IpPrefix PREFIX = TrainedTunnel.everything();

    FakeEngine(EngineConfig config) {
        this(config.name(), new CountDownLatch(1));
    }

    @Override
    public ServedDevice device() {
        return this;
    }

    @Override
    public EngineEnd awaitEnd() throws InterruptedException {
        end.await();
        return EngineEnd.wanted("closed");
    }

    @Override
    public void close() {
        end.countDown();
    }

    @Override
    public DeviceState read() {
        PeerState peer = new PeerState(PEER)
                .withEndpoint(ENDPOINT)
                .withAllowedIps(List.of(PREFIX))
                .withTraffic(1, 2)
                .withPersistentKeepalive(25);
        return new DeviceState(
                new DeviceName(name.text()), Optional.of(KEY), Optional.of(KEY.publicKey()), 51820, 7, List.of(peer));
    }

    @Override
    public void apply(SetRequest request) {}

    @Override
    public List<EngineStat> stats() {
        return List.of(new EngineStat("engine", "training"));
    }
}
