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
import io.wgj.config.file.Key;
import io.wgj.config.file.Located;
import io.wgj.config.file.PeerSection;
import io.wgj.config.file.Place;
import io.wgj.config.file.QuickFile;
import io.wgj.config.file.QuickLine;
import io.wgj.config.file.TunnelFile;
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

    private final Invocation invocation;
    private final FoundFile found;

    KeySources(Invocation invocation, FoundFile found) {
        this.invocation = invocation;
        this.found = found;
    }

    /// `file` with the keys that it names. The command runs once.
    TunnelFile complete(TunnelFile file) throws RefusalException {
        TunnelFile withFiles = completeFromFiles(file);
        Optional<Located<String>> command = file.interfaceSection().privateKeyCommand();
        return command.isPresent() ? withFiles.withPrivateKey(commandKey(command.get())) : withFiles;
    }

    /// `file` with the keys that are in files.
    TunnelFile completeFromFiles(TunnelFile file) throws RefusalException {
        Optional<PrivateKey> own = keyOfFile(file.interfaceSection());
        List<PeerSection> peers = new ArrayList<>(file.peers().size());
        for (PeerSection peer : file.peers()) {
            Optional<Located<String>> source = peer.presharedKeyFile();
            peers.add(
                    source.isPresent()
                            ? peer.with(peer.settings().withPresharedKey(presharedKey(source.get())))
                            : peer);
        }
        TunnelFile withPeers = file.withPeers(peers);
        return own.isPresent() ? withPeers.withPrivateKey(own.get()) : withPeers;
    }

    /// Lines in wg's words to replace the lines that name a key, by line number.
    ///
    /// @param section what the lines of `[Interface]` say
    Map<Integer, String> lines(QuickFile file, InterfaceSection section) throws RefusalException {
        Map<Integer, String> lines = new HashMap<>();
        Optional<Located<String>> command = section.privateKeyCommand();
        Optional<PrivateKey> own = command.isPresent() ? Optional.of(commandKey(command.get())) : keyOfFile(section);
        if (own.isPresent()) {
            Located<String> source =
                    section.privateKeyFile().or(section::privateKeyCommand).orElseThrow();
            lines.put(source.place().line(), "PrivateKey = " + own.get().toBase64());
        }
        for (Located<String> source : presharedKeyFiles(file)) {
            lines.put(
                    source.place().line(),
                    "PresharedKey = " + presharedKey(source).toBase64());
        }
        return lines;
    }

    /// The last `PresharedKeyFile` of each section, also of a section that wg refuses for its lack of a
    /// public key.
    private static List<Located<String>> presharedKeyFiles(QuickFile file) {
        List<Located<String>> sources = new ArrayList<>();
        boolean first = true;
        for (QuickLine line : file.lines()) {
            first |= line.trimmed().startsWith("[");
            if (line.is(Key.PRESHARED_KEY_FILE)) {
                if (!first) {
                    sources.removeLast();
                }
                first = false;
                Place place = new Place(file.name(), line.number(), line.column());
                sources.add(new Located<>(place, line.value(), line.value()));
            }
        }
        return sources;
    }

    private Optional<PrivateKey> keyOfFile(InterfaceSection section) throws RefusalException {
        if (section.privateKeyFile().isEmpty()) {
            return Optional.empty();
        }
        Located<String> source = section.privateKeyFile().get();
        Optional<PrivateKey> key = PrivateKey.parseBase64(fileText(source, Key.PRIVATE_KEY_FILE));
        if (key.isEmpty()) {
            throw notAKey(source, Key.PRIVATE_KEY_FILE);
        }
        return key;
    }

    private PresharedKey presharedKey(Located<String> source) throws RefusalException {
        Optional<PresharedKey> key = PresharedKey.parseBase64(fileText(source, Key.PRESHARED_KEY_FILE));
        if (key.isEmpty()) {
            throw notAKey(source, Key.PRESHARED_KEY_FILE);
        }
        return key.get();
    }

    private RefusalException notAKey(Located<String> source, Key key) {
        return refusal(source, key, "its content is not a key", "`wg genkey' and `wg genpsk' make keys");
    }

    /// Reads the key in a file that only root or the caller owns and may read. The open file's owner and mode are
    /// checked, so the file cannot be exchanged between check and reading.
    private String fileText(Located<String> source, Key key) throws RefusalException {
        String path = source.value().startsWith("/") ? source.value() : found.folder() + "/" + source.value();
        try (OpenFile file = invocation.host().files().open(path)) {
            FileFacts facts = file.facts();
            if ((facts.mode() & Host.S_IFMT) != Host.S_IFREG) {
                // Each key is read twice, once to judge the file: a pipe would be empty by then.
                throw refusal(source, key, "`" + path + "' is not a regular file", "");
            }
            if (facts.owner() != 0 && facts.owner() != invocation.host().quick().userId()) {
                throw refusal(
                        source,
                        key,
                        "`" + path + "' belongs to user " + facts.owner(),
                        "key files must be owned by root or by you");
            }
            if ((facts.mode() & OTHERS_AND_GROUP) != 0) {
                throw refusal(
                        source,
                        key,
                        "`" + path + "' has mode 0" + Integer.toOctalString(facts.mode() & PERMISSIONS)
                                + ", so others may read the key",
                        "`chmod 600' prevents that");
            }
            return content(file, path, source, key);
        } catch (FileException failure) {
            int code = ExitCode.of(failure);
            throw Refusals.at(
                    invocation,
                    code == ExitCode.FAILED ? ExitCode.INVALID : code,
                    source.place(),
                    key,
                    "`" + path + "': " + ErrorReport.sentence(failure),
                    "");
        }
    }

    private String content(OpenFile file, String path, Located<String> source, Key key) throws RefusalException {
        String text;
        try {
            text = KeyFile.read(file, path);
        } catch (RefusalException refusal) {
            // Its sentence describes the file's content, and not where the file is named.
            List<String> words = refusal.remarks().isEmpty() ? refusal.wgLines() : refusal.remarks();
            throw refusal(source, key, words.getFirst(), "");
        }
        if (text.isEmpty()) {
            throw refusal(source, key, "`" + path + "' is empty", "");
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
            throw refusal(source, Key.PRIVATE_KEY_COMMAND, "bash: " + ErrorReport.sentence(failure.errno()), "");
        }
        if (ran.overdue()) {
            throw refusal(
                    source,
                    Key.PRIVATE_KEY_COMMAND,
                    "the command was ended: longer than " + COMMAND_SECONDS + " seconds",
                    "its standard input is empty, so it must not ask for a password");
        }
        if (ran.code() != 0) {
            throw refusal(
                    source,
                    Key.PRIVATE_KEY_COMMAND,
                    "the command ended with exit code " + ran.code(),
                    "it has " + COMMAND_SECONDS + " seconds, and its standard input is empty");
        }
        Optional<PrivateKey> key = PrivateKey.parseBase64(firstLine(ran.out()));
        if (key.isEmpty()) {
            throw refusal(source, Key.PRIVATE_KEY_COMMAND, "the first line that the command prints is not a key", "");
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

    private RefusalException refusal(Located<String> source, Key key, String reason, String hint) {
        return Refusals.at(invocation, ExitCode.INVALID, source.place(), key, reason, hint);
    }
}
