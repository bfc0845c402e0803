// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.graph;

import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.format.SoundFile;
import io.wgj.cli.graph.GraphSource.Fact;
import io.wgj.cli.graph.GraphSource.SourcePeer;
import io.wgj.cli.host.FileException;
import io.wgj.cli.quick.FileKeys;
import io.wgj.cli.quick.FileWord;
import io.wgj.cli.status.MonitorDevices;
import io.wgj.cli.status.NamedPeers;
import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.PeerState;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.file.InterfaceSection;
import io.wgj.config.file.Located;
import io.wgj.config.file.PeerNames;
import io.wgj.config.file.PeerSection;
import io.wgj.config.file.QuickFile;
import io.wgj.config.file.RouteTable;
import io.wgj.config.key.KeyMask;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.text.Latin1;
import io.wgj.config.text.Printable;
import io.wgj.diagnosis.check.CheckedFile;
import io.wgj.diagnosis.host.RoutingHost;
import io.wgj.diagnosis.routing.DeviceAddress;
import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.diagnosis.routing.NetworkDevice;
import io.wgj.netlink.transport.NetlinkException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the files and interfaces that `graph` is given. Private keys are used to find the public ones, and kept
/// nowhere.
final class GraphSources {
    private static final String COMMAND = "graph";
    private static final String SUFFIX = ".conf";
    private static final String STANDARD_INPUT = "-";

    private final Invocation invocation;
    private final RoutingHost routing;
    private final MonitorDevices monitor;

    GraphSources(Invocation invocation, RoutingHost routing) {
        this.invocation = invocation;
        this.routing = routing;
        this.monitor = new MonitorDevices(invocation.host());
    }

    /// The file or interface that `word` names: a word with a `/`, one that ends in `.conf`, and `-` are files;
    /// any other is an interface, or, when there is none, its file in /etc/wireguard.
    GraphSource read(String word) throws RefusalException {
        if (word.indexOf('/') >= 0 || word.endsWith(SUFFIX) || word.equals(STANDARD_INPUT)) {
            return ofFile(word);
        }
        DeviceName name = new DeviceName(word);
        if (!name.isPossible()) {
            return ofFile(word);
        }
        try (WireGuardDevice device = invocation.host().devices().openToRead(name)) {
            return ofDevice(device.read());
        } catch (DeviceException failure) {
            Optional<DeviceState> state = monitor.instead(name, failure);
            if (state.isPresent()) {
                return ofDevice(state.get());
            }
            DeviceException examined = invocation.host().devices().examine(name, failure);
            if (examined.reason() == DeviceException.Reason.NOT_FOUND) {
                return ofFileOfInterface(word);
            }
            throw refusal(ExitCode.of(examined), "cannot read " + name + ": " + ErrorReport.explain(examined));
        }
    }

    private GraphSource ofFileOfInterface(String word) throws RefusalException {
        String path = FileWord.path(invocation, word);
        try {
            invocation.host().quick().facts(path);
        } catch (FileException failure) {
            if (ExitCode.of(failure) == ExitCode.NOT_FOUND) {
                throw refusal(
                        ExitCode.NOT_FOUND,
                        word + ": there is no such interface, and no file " + path
                                + "; `wgj show interfaces' lists the interfaces");
            }
        }
        return ofFile(path);
    }

    private GraphSource ofFile(String word) throws RefusalException {
        SoundFile sound = SoundFile.read(invocation, COMMAND, word);
        String path = sound.path();
        InterfaceSection own = sound.file().interfaceSection();
        String link = sound.isStandardInput()
                ? "stdin"
                : CheckedFile.linkOf(path).map(InterfaceName::text).orElse(path.substring(path.lastIndexOf('/') + 1));
        Map<PublicKey, String> names = PeerNames.of(QuickFile.of(path, sound.text()));
        List<SourcePeer> peers = new ArrayList<>();
        for (PeerSection peer : sound.file().peers()) {
            List<IpPrefix> allowed = new ArrayList<>();
            for (AllowedIpUpdate update : peer.settings().allowedIps()) {
                if (!update.remove()) {
                    allowed.add(update.prefix());
                }
            }
            peers.add(new SourcePeer(
                    peer.publicKey(),
                    Optional.ofNullable(names.get(peer.publicKey())).map(GraphSources::shown),
                    peer.endpoint().map(endpoint -> shown(endpoint.text())),
                    allowed));
        }
        List<IpPrefix> addresses = new ArrayList<>();
        own.addresses().forEach(address -> addresses.add(address.value()));
        Optional<PublicKey> key = key(path, own);
        if (key.isEmpty()) {
            invocation.note(COMMAND + ": " + path
                    + ": its private key is not known here, so it is drawn apart from what other files say of it");
        }
        return new GraphSource(
                path,
                shown(link),
                key,
                addresses,
                own.listenPort().map(port -> shown(port.text())),
                // The interface of standard input has no name.
                facts(own, sound.isStandardInput() ? "%i" : link),
                peers);
    }

    private Optional<PublicKey> key(String path, InterfaceSection own) {
        Optional<PrivateKey> key = own.privateKey();
        if (key.isEmpty() && own.privateKeyFile().isPresent()) {
            key = FileKeys.readable(
                    invocation.host(), path, own.privateKeyFile().get());
        }
        return key.filter(present -> !present.isZero()).map(PrivateKey::publicKey);
    }

    private static List<Fact> facts(InterfaceSection own, String link) {
        List<Fact> facts = new ArrayList<>();
        own.underlays().forEach(underlay -> facts.add(new Fact("underlay", shown(underlay.text()))));
        if (own.fwmark().isPresent() && own.fwmark().getAsInt() != 0) {
            facts.add(mark(own.fwmark().getAsInt()));
        }
        switch (own.table()) {
            case RouteTable.Auto() -> {}
            case RouteTable.Off() -> facts.add(new Fact("table", "off"));
            case RouteTable.Numbered(int number, String text) -> facts.add(new Fact("table", shown(text)));
            case RouteTable.Named(String name) -> facts.add(new Fact("table", shown(name)));
        }
        addWords(facts, "route", own.routes(), link);
        addWords(facts, "rule", own.rules(), link);
        if (!own.allowedSources().isEmpty()) {
            facts.add(new Fact("accepts from", Prefixes.few(own.allowedSources(), Prefixes.FEW)));
        }
        return facts;
    }

    private static void addWords(List<Fact> facts, String word, List<Located<List<String>>> lines, String link) {
        for (Located<List<String>> line : lines) {
            facts.add(new Fact(word, shown(String.join(" ", line.value()).replace("%i", link))));
        }
    }

    private static Fact mark(int fwmark) {
        return new Fact("mark", "0x" + Integer.toHexString(fwmark));
    }

    private GraphSource ofDevice(DeviceState state) {
        List<SourcePeer> peers = new ArrayList<>();
        Map<PublicKey, String> names =
                NamedPeers.of(invocation.host(), state.name()).names();
        for (PeerState peer : state.peers()) {
            peers.add(new SourcePeer(
                    peer.publicKey(),
                    Optional.ofNullable(names.get(peer.publicKey())).map(GraphSources::shown),
                    peer.endpoint()
                            .map(endpoint -> endpoint.text(invocation.host().scopes())),
                    peer.allowedIps()));
        }
        List<Fact> facts = new ArrayList<>();
        if (state.fwmark() != 0) {
            facts.add(mark(state.fwmark()));
        }
        List<IpPrefix> addresses = new ArrayList<>();
        String link = state.name().text();
        Optional<HostSnapshot> host = snapshot(link);
        if (host.isPresent()) {
            for (DeviceAddress address :
                    host.get().device(link).map(NetworkDevice::addresses).orElse(List.of())) {
                addresses.add(new IpPrefix(address.address(), address.subnet().length()));
            }
            facts.addAll(LiveRoutes.facts(host.get(), state));
        }
        return new GraphSource(
                link,
                shown(link),
                state.publicKey(),
                addresses,
                state.listenPort() == 0 ? Optional.empty() : Optional.of(String.valueOf(state.listenPort())),
                facts,
                peers);
    }

    /// This host's links and routes; empty, with a note, when they cannot be read.
    private Optional<HostSnapshot> snapshot(String link) {
        try {
            return Optional.of(routing.snapshot(link, Set.of()));
        } catch (NetlinkException failure) {
            invocation.note(COMMAND + ": this host's addresses and routes cannot be read: "
                    + failure.errno().sentence() + " (" + failure.operation() + ")");
            return Optional.empty();
        }
    }

    /// Text of a file as Unicode, fit to be shown.
    private static String shown(String bytes) {
        return Latin1.toUnicode(Printable.of(KeyMask.hide(bytes)));
    }

    private static RefusalException refusal(int code, String sentence) {
        return new RefusalException(code, List.of(), List.of(COMMAND + ": " + sentence));
    }
}
