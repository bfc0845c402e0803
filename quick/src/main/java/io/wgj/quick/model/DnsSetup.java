// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.net.InterfaceName;
import java.util.List;

/// The name servers of one interface.
///
/// @param tool the program that registers them
/// @param registeredName the name for resolvconf: the interface's, perhaps after a prefix
/// @param servers at least one, as written
/// @param searchDomains as written
public record DnsSetup(
        InterfaceName link, Tool tool, String registeredName, List<String> servers, List<String> searchDomains) {
    /// The program that registers name servers.
    public enum Tool {
        RESOLVCONF,
        RESOLVECTL
    }

    public DnsSetup {
        servers = List.copyOf(servers);
        searchDomains = List.copyOf(searchDomains);
    }
}
