// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.device.Change;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.net.ListenPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Parses the values of a file and collects them by section. Both grammars end here: each splits lines in its own
/// way and hands over a key and its text.
final class TunnelFileBuilder {
    private final Findings findings;
    private final boolean quick;
    private final List<PeerBuilder> peers = new ArrayList<>();
    private boolean hasInterface;

    private Optional<PrivateKey> privateKey = Optional.empty();
    private Optional<Located<ListenPort>> listenPort = Optional.empty();
    private OptionalInt fwmark = OptionalInt.empty();
    private final List<Located<IpPrefix>> addresses = new ArrayList<>();
    private Optional<Located<Integer>> mtu = Optional.empty();
    private final List<String> nameServers = new ArrayList<>();
    private final List<String> searchDomains = new ArrayList<>();
    private RouteTable table = new RouteTable.Auto();
    private final List<Located<String>> preUp = new ArrayList<>();
    private final List<Located<String>> postUp = new ArrayList<>();
    private final List<Located<String>> preDown = new ArrayList<>();
    private final List<Located<String>> postDown = new ArrayList<>();
    private boolean saveConfig;
    private Optional<Located<String>> privateKeyFile = Optional.empty();
    private Optional<Located<String>> privateKeyCommand = Optional.empty();
    private final List<Located<List<String>>> routes = new ArrayList<>();
    private final List<Located<List<String>>> rules = new ArrayList<>();
    private final List<Located<Underlay>> underlays = new ArrayList<>();
    private final List<IpPrefix> allowedSources = new ArrayList<>();

    /// @param quick whether the file is wg-quick's
    TunnelFileBuilder(Findings findings, boolean quick) {
        this.findings = findings;
        this.quick = quick;
    }

    /// An `[Interface]` line. It may come again anywhere.
    void beginInterface() {
        hasInterface = true;
    }

    /// A `[Peer]` line: the peer's keys that follow belong to it.
    void beginPeer(Place place) {
        peers.add(new PeerBuilder(place));
    }

    /// The sections so far, the one being read last.
    List<PeerBuilder> peers() {
        return peers;
    }

    /// Parses and stores one value.
    ///
    /// @param place of the value
    /// @param text the value as the grammar of the key's owner cuts it out
    /// @param raw the same with what a `#` would cut off, for commands
    /// @throws ValueException for a value that the key does not take; nothing is stored then
    void take(Key key, Place place, String text, String raw) throws ValueException {
        switch (key) {
            case PRIVATE_KEY -> privateKey = Optional.of(ValueSyntax.privateKey(text));
            case LISTEN_PORT -> {
                listenPort = Optional.of(new Located<>(place, text, ValueSyntax.listenPort(text)));
                findings.advise(place, ValueSyntax.listenPortAdvice(text));
            }
            case FW_MARK -> fwmark = OptionalInt.of(ValueSyntax.fwmark(text));
            case PUBLIC_KEY -> peer().publicKey = Optional.of(ValueSyntax.publicKey(text));
            case PRESHARED_KEY -> peer().presharedKey = Change.set(ValueSyntax.presharedKey(text));
            case ALLOWED_IPS -> {
                AllowedIpList list = ValueSyntax.allowedIps(text);
                peer().allowedIps(list);
                findings.warn(list.warnings());
            }
            case ENDPOINT -> {
                if (quick) {
                    EndpointSyntax.refuseHopeless(text);
                }
                peer().endpoint = Change.set(new Located<>(place, text, ValueSyntax.endpoint(text)));
                findings.advise(place, ValueSyntax.endpointAdvice(text));
            }
            case PERSISTENT_KEEPALIVE -> {
                int seconds = ValueSyntax.persistentKeepalive(text);
                peer().persistentKeepalive = seconds == 0 ? Change.clear() : Change.set(seconds);
            }
            case ADDRESS -> addresses(place, text);
            case MTU -> {
                OptionalInt bytes = QuickSyntax.mtu(text);
                mtu = bytes.isPresent() ? Optional.of(new Located<>(place, text, bytes.getAsInt())) : Optional.empty();
            }
            case DNS -> {
                for (String word : QuickSyntax.words(text)) {
                    (QuickSyntax.isNameServer(word) ? nameServers : searchDomains).add(word);
                }
            }
            case TABLE -> {
                table = QuickSyntax.table(text);
                findings.advise(place, QuickSyntax.tableAdvice(text));
            }
            case PRE_UP -> preUp.add(new Located<>(place, raw, raw));
            case POST_UP -> postUp.add(new Located<>(place, raw, raw));
            case PRE_DOWN -> preDown.add(new Located<>(place, raw, raw));
            case POST_DOWN -> postDown.add(new Located<>(place, raw, raw));
            case SAVE_CONFIG -> saveConfig = QuickSyntax.saveConfig(text);
            case PRIVATE_KEY_FILE -> privateKeyFile = Optional.of(required(place, text));
            case PRIVATE_KEY_COMMAND -> privateKeyCommand = Optional.of(required(place, raw));
            case ROUTE -> routes.add(new Located<>(place, text, QuickSyntax.ipWords(text)));
            case RULE -> rules.add(new Located<>(place, text, QuickSyntax.ipWords(text)));
            case UNDERLAY -> underlay(new Located<>(place, text, QuickSyntax.underlay(text)));
            case ALLOWED_SOURCES -> allowedSources.addAll(QuickSyntax.networks(text));
            case NAME -> peer().name = Optional.of(new Located<>(place, text, PeerNames.parse(text)));
            case PRESHARED_KEY_FILE -> peer().presharedKeyFile = Optional.of(required(place, text));
            case PEER_ALLOWED_SOURCES -> peer().allowedSources.addAll(QuickSyntax.networks(text));
            case PEER_UP -> peer().peerUp.add(required(place, raw));
            case PEER_DOWN -> peer().peerDown.add(required(place, raw));
            case PROBE -> peer().probe = Optional.of(QuickSyntax.probe(text));
            case WITHDRAW_ROUTES_AFTER -> peer().withdrawRoutesAfter = Optional.of(QuickSyntax.duration(text));
            case WITHDRAW_ROUTES -> peer().withdrawRoutes = QuickSyntax.withdrawal(text);
            case RERESOLVE_ENDPOINT -> peer().reresolveEndpoint = Optional.of(QuickSyntax.duration(text));
        }
        if (key.needsMonitor()) {
            peer().places.put(key, place);
        }
    }

    private PeerBuilder peer() {
        return peers.getLast();
    }

    private static Located<String> required(Place place, String text) throws ValueException {
        return new Located<>(place, text, QuickSyntax.text(text));
    }

    private void addresses(Place place, String text) throws ValueException {
        List<Located<IpPrefix>> added = new ArrayList<>();
        for (String word : QuickSyntax.words(text)) {
            added.add(new Located<>(place, word, QuickSyntax.address(word)));
        }
        addresses.addAll(added);
    }

    private void underlay(Located<Underlay> added) throws ValueException {
        for (Located<Underlay> earlier : underlays) {
            for (IpFamily family : IpFamily.values()) {
                if (earlier.value().covers(family) && added.value().covers(family)) {
                    throw new ValueException(
                            "",
                            "line " + earlier.place().line() + " has the underlay of " + family,
                            "write one Underlay for each family; one with dev alone covers both");
                }
            }
        }
        underlays.add(added);
    }

    /// Reports keys that have two sources, and leaves the second source out. Keys of wg count only while wg's part
    /// has no problem.
    void refuseSecondSources() {
        boolean file = privateKeyFile.isPresent();
        boolean command = privateKeyCommand.isPresent();
        boolean countsWg = !findings.wgHasProblems();
        boolean text = countsWg && privateKey.isPresent();
        if (file && command) {
            refuseSecond(Key.PRIVATE_KEY_COMMAND, privateKeyCommand.get(), Key.PRIVATE_KEY_FILE);
        }
        if (text && file) {
            refuseSecond(Key.PRIVATE_KEY_FILE, privateKeyFile.get(), Key.PRIVATE_KEY);
        }
        if (text && command) {
            refuseSecond(Key.PRIVATE_KEY_COMMAND, privateKeyCommand.get(), Key.PRIVATE_KEY);
        }
        privateKeyCommand = file || text ? Optional.empty() : privateKeyCommand;
        privateKeyFile = text ? Optional.empty() : privateKeyFile;
        for (PeerBuilder peer : peers) {
            if (countsWg && peer.presharedKeyFile.isPresent() && peer.presharedKey.isMentioned()) {
                refuseSecond(Key.PRESHARED_KEY_FILE, peer.presharedKeyFile.get(), Key.PRESHARED_KEY);
                peer.presharedKeyFile = Optional.empty();
            }
        }
    }

    private void refuseSecond(Key second, Located<String> value, Key first) {
        findings.addToQuick(Problem.of(
                value.place(),
                second,
                Secrets.mask(value.value()),
                "the section has a " + first.text() + " too",
                "keep one of the two"));
    }

    /// What has been collected, without sections that have no public key.
    TunnelFile build() {
        List<PeerSection> sections = new ArrayList<>(peers.size());
        for (PeerBuilder peer : peers) {
            Optional<PeerSection> section = peer.build();
            if (section.isPresent()) {
                MonitorAdvice.give(peer, findings);
                sections.add(section.get());
            }
        }
        InterfaceSection interfaceSection = new InterfaceSection(
                hasInterface,
                privateKey,
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
        return new TunnelFile(interfaceSection, sections);
    }
}
