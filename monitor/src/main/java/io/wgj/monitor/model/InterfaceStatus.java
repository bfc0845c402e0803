// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.model;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import java.util.List;
import java.util.Optional;

/// One interface at the time of its [MonitorStatus]. Has no secret.
///
/// @param index of its link; a device made anew under the same name has another
/// @param publicKey empty when the interface has no private key
/// @param listenPort 0 when unset
/// @param fwmark 32 bits unsigned, 0 for off
/// @param peers in the device's order
/// @param configFile the file that brought it up; empty when `wgj-quick` did not
/// @param readFailure why the latest read of the device failed; empty when it did not. The rest is older then
public record InterfaceStatus(
        DeviceName name,
        int index,
        DeviceSource source,
        Optional<PublicKey> publicKey,
        int listenPort,
        int fwmark,
        List<PeerStatus> peers,
        Optional<String> configFile,
        Optional<String> readFailure) {
    /// Copies `peers`.
    public InterfaceStatus {
        peers = List.copyOf(peers);
    }
}
