// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerState;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.net.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Restores a device to an earlier state.
final class DeviceRestore {
    private DeviceRestore() {}

    /// The whole configuration of `before`, as a file would have it.
    static DeviceUpdate wanted(DeviceState before) {
        List<PeerUpdate> peers = new ArrayList<>();
        for (PeerState peer : before.peers()) {
            PeerSettings<Endpoint.Numeric> settings = PeerSettings.NONE
                    .withPresharedKey(orClear(peer.presharedKey()))
                    .withPersistentKeepalive(peer.persistentKeepalive())
                    .withOnlyAllowedIps(peer.allowedIps());
            if (peer.endpoint().isPresent()) {
                settings = settings.withEndpoint(peer.endpoint().get());
            }
            peers.add(new PeerUpdate.Put(peer.publicKey(), settings));
        }
        return new DeviceUpdate(
                orClear(before.privateKey()),
                Change.set(before.listenPort()),
                Change.set(before.fwmark()),
                true,
                peers);
    }

    private static <T> Change<T> orClear(Optional<T> value) {
        return value.isPresent() ? Change.set(value.get()) : Change.clear();
    }
}
