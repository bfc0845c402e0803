// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.device;

import io.wgj.config.key.PrivateKey;
import java.util.List;

/// A change of a device. The same peer may be mentioned more than once; the entries are applied in order.
///
/// @param privateKey cleared means no key
/// @param listenPort 0 to 65535; cleared, as 0, lets the device choose
/// @param fwmark 32 bits unsigned; cleared, as 0, means off
/// @param replacePeers whether all peers are removed before `peers` are applied
public record DeviceUpdate(
        Change<PrivateKey> privateKey,
        Change<Integer> listenPort,
        Change<Integer> fwmark,
        boolean replacePeers,
        List<PeerUpdate> peers) {
    public DeviceUpdate {
        peers = List.copyOf(peers);
    }

    /// An update of peers alone.
    public static DeviceUpdate ofPeers(List<PeerUpdate> peers) {
        return new DeviceUpdate(Change.keep(), Change.keep(), Change.keep(), false, peers);
    }

    /// Whether it removes single allowed IPs from a peer that stays. Linux before 6.16 cannot do that.
    public boolean removesAllowedIps() {
        for (PeerUpdate peer : peers) {
            if (peer instanceof PeerUpdate.Put put) {
                for (AllowedIpUpdate allowedIp : put.settings().allowedIps()) {
                    if (allowedIp.remove()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
