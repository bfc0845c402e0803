// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.FileException;
import io.wgj.cli.host.FileFacts;
import io.wgj.cli.host.Host;
import io.wgj.cli.host.OpenFile;
import io.wgj.cli.host.QuickHost;
import io.wgj.cli.wg.KeyFile;
import io.wgj.config.file.InterfaceSection;
import io.wgj.config.file.Located;
import io.wgj.config.file.PeerSection;
import io.wgj.config.file.QuickConfig;
import io.wgj.config.file.WgConfig;
import io.wgj.config.file.WgPeer;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.text.Ascii;
import io.wgj.quick.model.HookPhase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keys that a file names but does not hold. Messages never show what was read.
final class KeySources {
    private static final int COMMAND_SECONDS = 30;

    private static final int OTHERS_AND_GROUP = 0077;
    private static final int PERMISSIONS = 07777;
    private static final String INTERFACE = "Interface";
    private static final String PEER = "Peer";

    private final Invocation invocation;
    private final FoundFile found;
    private final QuickConfig config;

    KeySources(Invocation invocation, FoundFile found, QuickConfig config) {
        this.invocation = invocation;
        this.found = found;
        this.config = config;
    }

    /// `wg` with the keys that `config` names. The command runs once.
    WgConfig complete(WgConfig wg) throws RefusalException {
        WgConfig withFiles = completeFromFiles(wg);
        Optional<Located<String>> command = config.interfaceSection().privateKeyCommand();
        return command.isPresent() ? withFiles.withPrivateKey(commandKey(command.get())) : withFiles;
    }

    /// `wg` with the keys that stand in files.
    WgConfig completeFromFiles(WgConfig wg) throws RefusalException {
        Optional<PrivateKey> own = keyOfFile();
        List<WgPeer> peers = new ArrayList<>(wg.peers());
        for (int i = 0; i < config.peers().size(); i++) {
            Optional<PresharedKey> shared = presharedKey(config.peers().get(i));
            if (shared.isPresent()) {
                peers.set(i, peers.get(i).withPresharedKey(shared.get()));
            }
        }
        WgConfig withPeers = new WgConfig(wg.privateKey(), wg.listenPort(), wg.fwmark(), peers);
        return own.isPresent() ? withPeers.withPrivateKey(own.get()) : withPeers;
    }

    /// Lines in wg's words to stand where the keys are named, by the number of the line.
    Map<Integer, String> lines() throws RefusalException {
        Map<Integer, String> lines = new HashMap<>();
        InterfaceSection section = config.interfaceSection();
        Optional<PrivateKey> own = privateKey();
        if (own.isPresent()) {
            Located<String> source =
                    section.privateKeyFile().or(section::privateKeyCommand).orElseThrow();
            lines.put(source.place().line(), "PrivateKey = " + own.get().toBase64());
        }
        for (PeerSection peer : config.peers()) {
            Optional<PresharedKey> shared = presharedKey(peer);
            if (shared.isPresent()) {
                int line = peer.presharedKeyFile().orElseThrow().place().line();
                lines.put(line, "PresharedKey = " + shared.get().toBase64());
            }
        }
        return lines;
    }

    private Optional<PrivateKey> privateKey() throws RefusalException {
        Optional<Located<String>> command = config.interfaceSection().privateKeyCommand();
        return command.isPresent() ? Optional.of(commandKey(command.get())) : keyOfFile();
    }

    private Optional<PrivateKey> keyOfFile() throws RefusalException {
        InterfaceSection section = config.interfaceSection();
        if (section.privateKeyFile().isPresent()) {
            Located<String> source = section.privateKeyFile().get();
            Optional<PrivateKey> key = PrivateKey.parseBase64(fileText(source, INTERFACE, "PrivateKeyFile"));
            if (key.isEmpty()) {
                throw notAKey(source, INTERFACE, "PrivateKeyFile");
            }
            return key;
        }
        return Optional.empty();
    }

    private Optional<PresharedKey> presharedKey(PeerSection peer) throws RefusalException {
        if (peer.presharedKeyFile().isEmpty()) {
            return Optional.empty();
        }
        Located<String> source = peer.presharedKeyFile().get();
        Optional<PresharedKey> key = PresharedKey.parseBase64(fileText(source, PEER, "PresharedKeyFile"));
        if (key.isEmpty()) {
            throw notAKey(source, PEER, "PresharedKeyFile");
        }
        return key;
    }

    private RefusalException notAKey(Located<String> source, String section, String key) {
        return refusal(source, section, key, "what it holds is not a key", "`wg genkey' and `wg genpsk' make them");
    }

    /// The characters of the key in a file that nobody but root and its user may read. Whose it is is asked of the open
    /// file, so that it cannot be changed for another in between.
    private String fileText(Located<String> source, String section, String key) throws RefusalException {
        String path = source.value().startsWith("/") ? source.value() : found.folder() + "/" + source.value();
        try (OpenFile file = invocation.host().files().open(path)) {
            FileFacts facts = file.facts();
            if ((facts.mode() & Host.S_IFMT) != Host.S_IFREG) {
                // Each key is read twice, once to judge the file: a pipe would be empty by then.
                throw refusal(source, section, key, "`" + path + "' is not a regular file", "");
            }
            if (facts.owner() != 0 && facts.owner() != invocation.host().quick().userId()) {
                throw refusal(
                        source,
                        section,
                        key,
                        "`" + path + "' belongs to user " + facts.owner(),
                        "a key's file is root's or the caller's");
            }
            if ((facts.mode() & OTHERS_AND_GROUP) != 0) {
                throw refusal(
                        source,
                        section,
                        key,
                        "`" + path + "' has mode 0" + Integer.toOctalString(facts.mode() & PERMISSIONS)
                                + ", so others may read the key",
                        "`chmod 600' takes that from them");
            }
            return content(file, path, source, section, key);
        } catch (FileException failure) {
            int code = ExitCode.of(failure);
            throw Refusals.at(
                    invocation,
                    code == ExitCode.FAILED ? ExitCode.INVALID : code,
                    source.place(),
                    section,
                    key,
                    "`" + path + "': " + ErrorReport.sentence(failure),
                    "");
        }
    }

    private String content(OpenFile file, String path, Located<String> source, String section, String key)
            throws RefusalException {
        String text;
        try {
            text = KeyFile.read(file, path);
        } catch (RefusalException refusal) {
            // Its words tell what is in the file, and not where the file is named.
            List<String> words = refusal.remarks().isEmpty() ? refusal.wgLines() : refusal.remarks();
            throw refusal(source, section, key, words.getFirst(), "");
        }
        if (text.isEmpty()) {
            throw refusal(source, section, key, "`" + path + "' is empty", "");
        }
        return text;
    }

    /// The first line that the command prints.
    private PrivateKey commandKey(Located<String> source) throws RefusalException {
        String command = source.value().replace("%i", found.link().text());
        QuickHost.Captured ran;
        try {
            ran = invocation
                    .host()
                    .quick()
                    .capture(
                            HookPhase.words(command),
                            List.of("INTERFACE=" + found.link(), "CONFIG_FILE=" + found.path()),
                            false,
                            COMMAND_SECONDS);
        } catch (FileException failure) {
            throw refusal(source, INTERFACE, "PrivateKeyCommand", "bash: " + ErrorReport.sentence(failure.errno()), "");
        }
        if (ran.overdue()) {
            throw refusal(
                    source,
                    INTERFACE,
                    "PrivateKeyCommand",
                    "the command was ended: longer than " + COMMAND_SECONDS + " seconds",
                    "it has nothing to read, so it must not ask");
        }
        if (ran.code() != 0) {
            throw refusal(
                    source,
                    INTERFACE,
                    "PrivateKeyCommand",
                    "the command ended with exit code " + ran.code(),
                    "it has " + COMMAND_SECONDS + " seconds, and nothing to read");
        }
        Optional<PrivateKey> key = PrivateKey.parseBase64(firstLine(ran.out()));
        if (key.isEmpty()) {
            throw refusal(
                    source, INTERFACE, "PrivateKeyCommand", "the first line that the command prints is not a key", "");
        }
        return key.get();
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        end = end < 0 ? text.length() : end;
        while (end > 0 && Ascii.isSpace(text.charAt(end - 1))) {
            end--;
        }
        int start = 0;
        while (start < end && Ascii.isSpace(text.charAt(start))) {
            start++;
        }
        return text.substring(start, end);
    }

    private RefusalException refusal(Located<String> source, String section, String key, String reason, String hint) {
        return Refusals.at(invocation, ExitCode.INVALID, source.place(), section, key, reason, hint);
    }
}
