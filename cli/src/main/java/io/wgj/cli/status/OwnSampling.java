// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.status;

import io.wgj.cli.host.Host;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.PeerState;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.monitor.liveness.PeerLiveness;
import io.wgj.monitor.liveness.PeerSample;
import io.wgj.monitor.protocol.PeerWord;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Decides as the monitor does whether peers are up, from a command's own samples of the device. It knows
/// peers by their keys alone.
final class OwnSampling {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Host host;
    private final DeviceName link;
    private final Optional<String> peer;
    private final Map<PublicKey, PeerLiveness> peers = new HashMap<>();

    /// @param peer the one that counts; empty for every peer
    OwnSampling(Host host, DeviceName link, Optional<String> peer) {
        this.host = host;
        this.link = link;
        this.peer = peer;
    }

    /// Takes one sample of the device. Whether every peer is up now, or the one; a device without peers is not
    /// up.
    boolean isUp() throws DeviceException {
        DeviceState state = read();
        int wanted = 0;
        int up = 0;
        for (PeerState one : state.peers()) {
            if (peer.isEmpty() || PeerWord.matches(peer.get(), one.publicKey(), Optional.empty())) {
                wanted++;
                up += isUp(one) ? 1 : 0;
            }
        }
        return wanted > 0 && up == wanted;
    }

    private boolean isUp(PeerState one) {
        PeerLiveness liveness = peers.get(one.publicKey());
        if (liveness == null) {
            liveness = new PeerLiveness();
            peers.put(one.publicKey(), liveness);
        }
        long handshake = one.latestHandshake().seconds() * NANOS_PER_SECOND
                + one.latestHandshake().nanos();
        liveness.sample(
                new PeerSample(
                        host.bootNanos(),
                        one.rxBytes(),
                        one.txBytes(),
                        handshake,
                        one.endpoint().orElse(null),
                        one.persistentKeepalive()),
                // The end of this second: a handshake of just now must not lie in the future.
                (host.nowSeconds() + 1) * NANOS_PER_SECOND - 1);
        return liveness.state() == io.wgj.monitor.liveness.PeerState.UP;
    }

    private DeviceState read() throws DeviceException {
        try (WireGuardDevice device = host.devices().openToRead(link)) {
            return device.read();
        } catch (DeviceException failure) {
            throw host.devices().examine(link, failure);
        }
    }
}
