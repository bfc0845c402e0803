// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerState;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What makes a device what it was.
final class DeviceRestore {
    private DeviceRestore() {}

    /// The whole configuration that `before` has, as a file would say it.
    static DeviceUpdate wanted(DeviceState before) {
        List<PeerUpdate> peers = new ArrayList<>();
        for (PeerState peer : before.peers()) {
            List<AllowedIpUpdate> allowedIps = new ArrayList<>();
            for (IpPrefix prefix : peer.allowedIps()) {
                allowedIps.add(AllowedIpUpdate.add(prefix));
            }
            int keepalive = peer.persistentKeepalive();
            peers.add(new PeerUpdate.Put(
                    peer.publicKey(),
                    orClear(peer.presharedKey()),
                    peer.endpoint().map(Change::set).orElse(Change.keep()),
                    keepalive == 0 ? Change.clear() : Change.set(keepalive),
                    true,
                    false,
                    allowedIps));
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
