// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.status;

import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.FileException;
import io.wgj.cli.host.Host;
import io.wgj.config.file.PeerNames;
import io.wgj.config.file.QuickFile;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.text.Misspelling;
import io.wgj.monitor.model.InterfaceStatus;
import io.wgj.monitor.model.MonitorStatus;
import io.wgj.monitor.model.PeerStatus;
import io.wgj.netlink.sys.Errno;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The names of an interface's peers, for commands that print a name or accept one where a public key stands.
///
/// They come from the configuration file that the journal of `wgj-quick up` names, or else from
/// `/etc/wireguard/INTERFACE.conf`. Where this process may not read the file, the monitor is asked.
///
/// @param link the interface
/// @param names by public key, bytes, one a char; [PeerNames] says what a name is
/// @param failure why there are no names, as a sentence; empty when a file or the monitor was read
public record NamedPeers(DeviceName link, Map<PublicKey, String> names, String failure) {
    private static final String FOLDER = "/etc/wireguard/";
    private static final String SUFFIX = ".conf";

    /// Copies `names`.
    public NamedPeers {
        names = Map.copyOf(names);
    }

    /// Reads the names of one interface. Nothing that fails is an error: there are no names then.
    public static NamedPeers of(Host host, DeviceName link) {
        Optional<InterfaceName> name = InterfaceName.parse(link.text());
        if (name.isEmpty()) {
            return new NamedPeers(link, Map.of(), "wgj-quick has no files for an interface of this name");
        }
        String path = host.quick().configFile(name.get()).orElse(FOLDER + link + SUFFIX);
        try {
            return new NamedPeers(
                    link, PeerNames.of(QuickFile.of(path, host.files().readAll(path))), "");
        } catch (FileException failure) {
            if (failure.errno() == Errno.EACCES) {
                Optional<NamedPeers> known = ofMonitor(host, link);
                if (known.isPresent()) {
                    return known.get();
                }
            }
            return new NamedPeers(link, Map.of(), path + ": " + ErrorReport.sentence(failure));
        }
    }

    /// No names at all.
    public static NamedPeers none(DeviceName link) {
        return new NamedPeers(link, Map.of(), "");
    }

    private static Optional<NamedPeers> ofMonitor(Host host, DeviceName link) {
        MonitorStatus status;
        try {
            status = new MonitorClient(host, "status").status(Optional.of(link)).status();
        } catch (RefusalException _) {
            return Optional.empty();
        }
        Map<PublicKey, String> names = new HashMap<>();
        for (InterfaceStatus one : status.interfaces()) {
            for (PeerStatus peer : one.peers()) {
                if (peer.name().isPresent()) {
                    names.put(peer.publicKey(), peer.name().get());
                }
            }
        }
        return Optional.of(new NamedPeers(link, names, ""));
    }

    /// The name of a peer; empty when it has none.
    public Optional<String> name(PublicKey key) {
        return Optional.ofNullable(names.get(key));
    }

    /// The name of a peer, or its public key in base64.
    public String shown(PublicKey key) {
        String name = names.get(key);
        return name == null ? key.toBase64() : name;
    }

    /// The peer that a word means: a public key in base64, whether or not there is such a peer, or else a name.
    ///
    /// @param link the interface; its file is read only for a name
    /// @param command which begins the sentence of a refusal
    /// @throws RefusalException when no peer has the name (5), or several do (2)
    public static PublicKey resolve(Host host, DeviceName link, String word, String command) throws RefusalException {
        Optional<PublicKey> key = PublicKey.parseBase64(word);
        return key.isPresent() ? key.get() : of(host, link).named(word, command);
    }

    /// The peer of this name.
    ///
    /// @param command which begins the sentence of a refusal
    /// @throws RefusalException when no peer has the name (5), or several do (2)
    public PublicKey named(String name, String command) throws RefusalException {
        List<PublicKey> found = new ArrayList<>(1);
        for (Map.Entry<PublicKey, String> entry : names.entrySet()) {
            if (entry.getValue().equals(name)) {
                found.add(entry.getKey());
            }
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        int code = found.isEmpty() ? ExitCode.NOT_FOUND : ExitCode.MISUSED;
        String sentence = found.isEmpty() ? unknown(name) : ambiguous(name, found);
        throw new RefusalException(code, List.of(), List.of(command + ": " + link + ": " + sentence));
    }

    private String unknown(String name) {
        String sentence = "`" + name + "' is neither a public key nor the name of a peer; ";
        if (!failure.isEmpty()) {
            return sentence + failure;
        }
        String likely = Misspelling.nearest(name, List.copyOf(names.values()));
        return sentence
                + (likely.isEmpty()
                        ? "`wgj show " + link + " --names' shows the names"
                        : "did you mean `" + likely + "'?");
    }

    private static String ambiguous(String name, List<PublicKey> peers) {
        List<String> candidates = new ArrayList<>(peers.size());
        for (PublicKey peer : peers) {
            candidates.add("peer " + peer.toBase64());
        }
        candidates.sort(null);
        return peers.size() + " peers are called `" + name + "': " + String.join(", ", candidates)
                + "; give the public key of one";
    }
}
