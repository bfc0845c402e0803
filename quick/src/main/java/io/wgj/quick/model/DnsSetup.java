// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.net.InterfaceName;
import java.util.List;

/// The name servers of one interface.
///
/// @param tool who is told
/// @param registeredName what resolvconf files them under: the interface, perhaps behind a prefix
/// @param servers at least one, as written
/// @param searchDomains as written
public record DnsSetup(
        InterfaceName link, Tool tool, String registeredName, List<String> servers, List<String> searchDomains) {
    /// The program that keeps the host's resolvers.
    public enum Tool {
        RESOLVCONF,
        RESOLVECTL
    }

    public DnsSetup {
        servers = List.copyOf(servers);
        searchDomains = List.copyOf(searchDomains);
    }
}
