// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.key.PrivateKey;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.net.ListenPort;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The `[Interface]` section of a file: the keys of wg, of wg-quick and of wgj.
///
/// @param present whether the file has the section at all
/// @param privateKey empty when not mentioned; all zeros means none
/// @param listenPort empty when not mentioned
/// @param fwmark 32 bits unsigned, 0 for off; empty when not mentioned
/// @param addresses in order, host bits kept
/// @param mtu in bytes; empty to have one chosen
/// @param nameServers as written
/// @param searchDomains as written
/// @param table where routes go; `auto` when not mentioned
/// @param preUp commands for bash, `%i` unexpanded, as the following three
/// @param saveConfig whether `down` writes the file anew
/// @param privateKeyFile a path, relative to the file's folder
/// @param privateKeyCommand a command for bash
/// @param routes words of `ip route add`, `%i` unexpanded
/// @param rules words of `ip rule add`, `%i` unexpanded
/// @param underlays at most one for each family
/// @param allowedSources the networks that may send to the listen port; empty when not mentioned: any
public record InterfaceSection(
        boolean present,
        Optional<PrivateKey> privateKey,
        Optional<Located<ListenPort>> listenPort,
        OptionalInt fwmark,
        List<Located<IpPrefix>> addresses,
        Optional<Located<Integer>> mtu,
        List<String> nameServers,
        List<String> searchDomains,
        RouteTable table,
        List<Located<String>> preUp,
        List<Located<String>> postUp,
        List<Located<String>> preDown,
        List<Located<String>> postDown,
        boolean saveConfig,
        Optional<Located<String>> privateKeyFile,
        Optional<Located<String>> privateKeyCommand,
        List<Located<List<String>>> routes,
        List<Located<List<String>>> rules,
        List<Located<Underlay>> underlays,
        List<IpPrefix> allowedSources) {
    /// Copies the lists.
    public InterfaceSection {
        addresses = List.copyOf(addresses);
        nameServers = List.copyOf(nameServers);
        searchDomains = List.copyOf(searchDomains);
        preUp = List.copyOf(preUp);
        postUp = List.copyOf(postUp);
        preDown = List.copyOf(preDown);
        postDown = List.copyOf(postDown);
        routes = List.copyOf(routes);
        rules = List.copyOf(rules);
        underlays = List.copyOf(underlays);
        allowedSources = List.copyOf(allowedSources);
    }

    /// The same with a private key that is kept outside of the file.
    public InterfaceSection withPrivateKey(PrivateKey key) {
        return new InterfaceSection(
                present,
                Optional.of(key),
                listenPort,
                fwmark,
                addresses,
                mtu,
                nameServers,
                searchDomains,
                table,
                preUp,
                postUp,
                preDown,
                postDown,
                saveConfig,
                privateKeyFile,
                privateKeyCommand,
                routes,
                rules,
                underlays,
                allowedSources);
    }
}
