// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import java.util.List;

/// What a wg-quick file says beyond what wg reads in it.
///
/// @param peers one a `[Peer]` section, in file order
public record QuickConfig(InterfaceSection interfaceSection, List<PeerSection> peers) {
    public QuickConfig {
        peers = List.copyOf(peers);
    }
}
