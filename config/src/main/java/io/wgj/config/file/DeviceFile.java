// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.device.PeerSettings;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.ListenPort;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Makes the [TunnelFile] of a device from values that were read in another form than a configuration file: it has
/// the keys of wg, and none of wg-quick's.
public final class DeviceFile {
    private DeviceFile() {}

    /// A device with these settings and peers.
    public static TunnelFile of(
            Optional<PrivateKey> privateKey,
            Optional<Located<ListenPort>> listenPort,
            OptionalInt fwmark,
            List<PeerSection> peers) {
        InterfaceSection section = new InterfaceSection(
                true,
                privateKey,
                listenPort,
                fwmark,
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                new RouteTable.Auto(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        return new TunnelFile(section, peers);
    }

    /// A peer with these settings.
    ///
    /// @param name a name, see [PeerNames#parse]
    public static PeerSection peer(
            Place place,
            PublicKey publicKey,
            Optional<Located<String>> name,
            PeerSettings<Located<Endpoint>> settings) {
        return new PeerSection(
                place,
                publicKey,
                settings,
                name,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Withdrawal.REMOVE,
                Optional.empty());
    }
}
