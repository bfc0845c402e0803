// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.Host;
import io.wgj.cli.status.NamedPeers;
import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.file.AllowedIpList;
import io.wgj.config.file.ValueException;
import io.wgj.config.file.ValueSyntax;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.ListenPort;
import io.wgj.config.net.ResolveException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Parses the words of `wg set` after the interface into one update, from left to right. Files are read and names
/// are looked up in that order, and the first bad word ends it.
final class SetArguments {
    private final Invocation invocation;
    private final Host host;
    private final DeviceName device;
    private final EndpointResolver resolver;
    private final List<String> words;
    private int next;
    /// The list of prefixes that was read last; empty before the first.
    private String prefixes = "";

    private Change<PrivateKey> privateKey = Change.keep();
    private Change<Integer> listenPort = Change.keep();
    private Change<Integer> fwmark = Change.keep();
    private final List<PeerUpdate> peers = new ArrayList<>();

    private SetArguments(Invocation invocation, DeviceName device, List<String> words) {
        this.invocation = invocation;
        this.device = device;
        this.host = invocation.host();
        this.resolver = new EndpointResolver(host);
        this.words = words;
    }

    /// The update that `words` ask for. Warnings are printed on the way.
    ///
    /// @param device whose configuration file has the names of peers
    static DeviceUpdate parse(Invocation invocation, DeviceName device, List<String> words) throws RefusalException {
        SetArguments arguments = new SetArguments(invocation, device, words);
        try {
            return arguments.parse();
        } catch (ValueException refused) {
            for (String warning : refused.warnings()) {
                invocation.report(warning);
            }
            throw new RefusalException(refused.wgLine(), arguments.remark(refused));
        } catch (ResolveException unknown) {
            throw new RefusalException(
                    unknown.reason() + ": `" + unknown.text() + "'", EndpointResolver.explain(unknown));
        }
    }

    private String remark(ValueException refused) {
        String hint = prefixes.isEmpty() ? refused.hint() : ValueSyntax.allowedIpsHint(prefixes, refused);
        return hint.isEmpty() ? refused.reason() : refused.reason() + "; " + hint;
    }

    private DeviceUpdate parse() throws RefusalException, ValueException, ResolveException {
        PeerWords peer = null;
        while (next < words.size()) {
            String word = words.get(next++);
            if (word.equals("peer")) {
                finish(peer);
                peer = new PeerWords(publicKey(value(word)));
            } else if (peer == null) {
                deviceWord(word);
            } else {
                peerWord(peer, word);
            }
        }
        finish(peer);
        return new DeviceUpdate(privateKey, listenPort, fwmark, false, peers);
    }

    /// A public key or, under the name wgj, the name of a peer. No name is a valid key, so what `wg` accepts means
    /// the same under both names.
    private PublicKey publicKey(String text) throws RefusalException, ValueException {
        try {
            return ValueSyntax.publicKey(text);
        } catch (ValueException refused) {
            NamedPeers peers = invocation.extended() ? NamedPeers.of(host, device) : NamedPeers.none(device);
            if (peers.names().isEmpty()) {
                throw refused;
            }
            try {
                return peers.named(text, "set");
            } catch (RefusalException unknown) {
                throw new RefusalException(List.of(refused.wgLine()), unknown.remarks());
            }
        }
    }

    private void finish(@Nullable PeerWords peer) {
        if (peer != null) {
            peers.add(peer.update());
        }
    }

    private void deviceWord(String word) throws RefusalException, ValueException, ResolveException {
        switch (word) {
            case "listen-port" -> listenPort = Change.set(port(value(word)));
            case "fwmark" -> fwmark = Change.set(ValueSyntax.fwmark(value(word)));
            case "private-key" -> {
                String text = KeyFile.read(host.files(), value(word));
                privateKey = text.isEmpty() ? Change.clear() : Change.set(ValueSyntax.privateKey(text));
            }
            default -> throw invalid(word, peerHint(word));
        }
    }

    private void peerWord(PeerWords peer, String word) throws RefusalException, ValueException, ResolveException {
        switch (word) {
            case "remove" -> peer.remove();
            case "endpoint" -> peer.endpoint(endpoint(value(word)));
            case "allowed-ips" -> peer.allowedIps(allowedIps(value(word)));
            case "persistent-keepalive" -> peer.persistentKeepalive(ValueSyntax.persistentKeepalive(value(word)));
            case "preshared-key" -> {
                String text = KeyFile.read(host.files(), value(word));
                peer.presharedKey(text.isEmpty() ? Change.clear() : Change.set(ValueSyntax.presharedKey(text)));
            }
            default -> throw invalid(word, deviceHint(word));
        }
    }

    /// The word after `keyword`. A keyword at the end is refused by its own name.
    private String value(String keyword) throws RefusalException {
        if (next == words.size()) {
            throw invalid(keyword, "`" + keyword + "' needs a value after it");
        }
        return words.get(next++);
    }

    private int port(String text) throws ValueException, ResolveException {
        ListenPort port = ValueSyntax.listenPort(text);
        remark(ValueSyntax.listenPortAdvice(text));
        return port instanceof ListenPort.Numbered numbered
                ? numbered.number()
                : resolver.resolve((ListenPort.Service) port);
    }

    private Endpoint.Numeric endpoint(String text) throws RefusalException, ValueException, ResolveException {
        resolver.checkRetries();
        Endpoint endpoint = ValueSyntax.endpoint(text);
        remark(ValueSyntax.endpointAdvice(text));
        return endpoint instanceof Endpoint.Numeric numeric ? numeric : resolver.resolve((Endpoint.Named) endpoint);
    }

    private AllowedIpList allowedIps(String text) throws ValueException {
        prefixes = text;
        AllowedIpList list = ValueSyntax.allowedIps(text);
        prefixes = "";
        for (String warning : list.warnings()) {
            invocation.report(warning);
        }
        return list;
    }

    private void remark(Optional<String> advice) {
        if (advice.isPresent()) {
            invocation.remark(advice.get());
        }
    }

    private static RefusalException invalid(String word, String remark) {
        return new RefusalException("Invalid argument: " + word, remark);
    }

    private static String peerHint(String word) {
        return switch (word) {
            case "remove", "endpoint", "allowed-ips", "persistent-keepalive", "preshared-key" ->
                "`" + word + "' belongs to a peer: write `peer' and its key before it";
            default -> "before the first `peer' come listen-port, fwmark and private-key";
        };
    }

    private static String deviceHint(String word) {
        return switch (word) {
            case "listen-port", "fwmark", "private-key" ->
                "`" + word + "' belongs to the interface: write it before the first `peer'";
            default ->
                "after a peer's key come remove, endpoint, allowed-ips, persistent-keepalive, preshared-key or the"
                        + " next `peer'";
        };
    }
}
