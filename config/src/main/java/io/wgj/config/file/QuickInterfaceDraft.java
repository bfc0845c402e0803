// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The `[Interface]` section while its lines are read.
final class QuickInterfaceDraft {
    private final List<Located<IpPrefix>> addresses = new ArrayList<>();
    private final List<String> addressTexts = new ArrayList<>();
    private final List<String> nameServers = new ArrayList<>();
    private final List<String> searchDomains = new ArrayList<>();
    private final List<Located<String>> preUp = new ArrayList<>();
    private final List<Located<String>> postUp = new ArrayList<>();
    private final List<Located<String>> preDown = new ArrayList<>();
    private final List<Located<String>> postDown = new ArrayList<>();
    private final List<Located<List<String>>> routes = new ArrayList<>();
    private final List<Located<List<String>>> rules = new ArrayList<>();
    private final List<Located<Underlay>> underlays = new ArrayList<>();
    private final List<IpPrefix> allowedSources = new ArrayList<>();
    private OptionalInt mtu = OptionalInt.empty();
    private String mtuText = "";
    private RouteTable table = new RouteTable.Auto();
    private boolean saveConfig;
    private Optional<Located<String>> privateKeyFile = Optional.empty();
    private Optional<Located<String>> privateKeyCommand = Optional.empty();

    /// @param place of the value
    void take(QuickLine line, Place place) throws ValueException {
        if (line.role() == QuickLine.Role.QUICK) {
            takeQuick(line, place);
        } else {
            takeOurs(line, place);
        }
    }

    private void takeQuick(QuickLine line, Place place) throws ValueException {
        String value = line.value();
        switch (line.key()) {
            case "Address" -> {
                for (String word : QuickSyntax.words(value)) {
                    addresses.add(new Located<>(place, QuickSyntax.address(word)));
                    addressTexts.add(word);
                }
            }
            case "DNS" -> {
                for (String word : QuickSyntax.words(value)) {
                    (QuickSyntax.isNameServer(word) ? nameServers : searchDomains).add(word);
                }
            }
            case "MTU" -> {
                mtu = QuickSyntax.mtu(value);
                mtuText = value;
            }
            case "Table" -> table = QuickSyntax.table(value);
            case "SaveConfig" -> saveConfig = QuickSyntax.saveConfig(value);
            // An empty hook is one: it runs an empty command.
            case "PreUp" -> preUp.add(new Located<>(place, line.rawValue()));
            case "PostUp" -> postUp.add(new Located<>(place, line.rawValue()));
            case "PreDown" -> preDown.add(new Located<>(place, line.rawValue()));
            default -> postDown.add(new Located<>(place, line.rawValue()));
        }
    }

    private void takeOurs(QuickLine line, Place place) throws ValueException {
        String value = line.value();
        switch (line.key()) {
            case "PrivateKeyFile" -> privateKeyFile = Optional.of(new Located<>(place, QuickSyntax.text(value)));
            case "PrivateKeyCommand" ->
                privateKeyCommand = Optional.of(new Located<>(place, QuickSyntax.text(line.rawValue())));
            case "Route" -> routes.add(new Located<>(place, QuickSyntax.ipWords(value)));
            case "Rule" -> rules.add(new Located<>(place, QuickSyntax.ipWords(value)));
            case "Underlay" -> underlay(new Located<>(place, QuickSyntax.underlay(value)));
            default -> allowedSources.addAll(QuickSyntax.networks(value));
        }
    }

    private void underlay(Located<Underlay> added) throws ValueException {
        for (Located<Underlay> earlier : underlays) {
            for (boolean v6 : new boolean[] {false, true}) {
                if (earlier.value().covers(v6) && added.value().covers(v6)) {
                    throw new ValueException(
                            "",
                            "line " + earlier.place().line() + " has the underlay of " + (v6 ? "IPv6" : "IPv4"),
                            "write one Underlay a family; one with dev alone is for both");
                }
            }
        }
        underlays.add(added);
    }

    Optional<Located<String>> privateKeyFile() {
        return privateKeyFile;
    }

    Optional<Located<String>> privateKeyCommand() {
        return privateKeyCommand;
    }

    /// @param present whether the file has the section
    InterfaceSection finish(boolean present) {
        return new InterfaceSection(
                present,
                addresses,
                addressTexts,
                mtu,
                mtuText,
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
