// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.net.IpPrefix;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What `[Interface]` says to wg-quick, and to us. What it says to wg is in [WgConfig].
///
/// @param present whether the file has the section at all
/// @param addresses in order, host bits kept
/// @param addressTexts the same as written
/// @param mtu in bytes; empty to find one out
/// @param mtuText the same as written; empty when there is none
/// @param nameServers as written
/// @param searchDomains as written
/// @param table where routes go; `auto` when not mentioned
/// @param preUp commands for bash, `%i` unexpanded, as the following three
/// @param saveConfig whether `down` writes the file anew
/// @param privateKeyFile a path, relative to the file's folder
/// @param privateKeyCommand a command for bash
/// @param routes words of `ip route add`, `%i` unexpanded
/// @param rules words of `ip rule add`, `%i` unexpanded
/// @param underlays at most one a family
/// @param allowedSources who may send to the listen port; empty when not mentioned: everybody
public record InterfaceSection(
        boolean present,
        List<Located<IpPrefix>> addresses,
        List<String> addressTexts,
        OptionalInt mtu,
        String mtuText,
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
    public InterfaceSection {
        addresses = List.copyOf(addresses);
        addressTexts = List.copyOf(addressTexts);
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
}
