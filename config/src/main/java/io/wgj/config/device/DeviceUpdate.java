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
}
