// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.device;

import io.wgj.config.key.PrivateKey;
import java.util.List;

/// What to change about a device. The same peer may be mentioned more than once; the entries act in their order.
///
/// @param privateKey cleared means no key
/// @param listenPort 0 to 65535; cleared, as 0, lets the device choose
/// @param fwmark 32 bits unsigned; cleared, as 0, means off
/// @param replacePeers whether all peers go before `peers` are applied
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

    /// Whether single allowed IPs are taken from a peer that stays, which kernels before Linux 6.16 cannot do.
    public boolean removesAllowedIps() {
        for (PeerUpdate peer : peers) {
            if (peer instanceof PeerUpdate.Put put) {
                for (AllowedIpUpdate allowedIp : put.allowedIps()) {
                    if (allowedIp.remove()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
