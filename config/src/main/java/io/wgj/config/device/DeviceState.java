// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.device;

import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import java.util.List;
import java.util.Optional;

/// The state of a device, as the device reports it.
///
/// @param name the name it was read by
/// @param privateKey empty when the device has none
/// @param publicKey of `privateKey`; empty when it has none
/// @param listenPort 0 when unset
/// @param fwmark the mark of encrypted packets, 32 bits unsigned; 0 for off
/// @param peers in the device's order
public record DeviceState(
        DeviceName name,
        Optional<PrivateKey> privateKey,
        Optional<PublicKey> publicKey,
        int listenPort,
        int fwmark,
        List<PeerState> peers) {
    public DeviceState {
        peers = List.copyOf(peers);
    }
}
