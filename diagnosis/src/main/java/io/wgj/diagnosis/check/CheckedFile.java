// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import io.wgj.config.file.InterfaceSection;
import io.wgj.config.file.Located;
import io.wgj.config.file.ParsedFile;
import io.wgj.config.file.PeerSection;
import io.wgj.config.file.Place;
import io.wgj.config.file.QuickConfigParser;
import io.wgj.config.file.QuickFile;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.InterfaceName;
import io.wgj.quick.model.Tunnel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A configuration file and what the checks look up in it again and again.
public final class CheckedFile {
    private static final InterfaceName NAMELESS = new InterfaceName("wg0");

    private final String path;
    private final Optional<InterfaceName> link;
    private final QuickFile lines;
    private final ParsedFile parsed;
    private final FileIndex index;
    private final Optional<PrivateKey> privateKey;
    private final List<HookCommand> hooks;
    private Optional<PublicKey> publicKey = Optional.empty();

    /// @param path where the file is; empty for standard input
    /// @param link the interface that it is for; empty when the name is none
    /// @param privateKey the key of its `PrivateKeyFile`, where that could be read
    public CheckedFile(
            String path,
            Optional<InterfaceName> link,
            QuickFile lines,
            ParsedFile parsed,
            Optional<PrivateKey> privateKey) {
        this.path = path;
        this.link = link;
        this.lines = lines;
        this.parsed = parsed;
        this.index = new FileIndex(lines);
        InterfaceSection section = parsed.readable().interfaceSection();
        this.privateKey = section.privateKey().isPresent() ? section.privateKey() : privateKey;
        this.hooks = HookCommand.of(section);
    }

    /// The file of `text`, a byte a char.
    ///
    /// @param name as the user gave it
    public static CheckedFile of(String name, String text) {
        QuickFile lines = QuickFile.of(name, text);
        return new CheckedFile(name, linkOf(name), lines, QuickConfigParser.parse(lines), Optional.empty());
    }

    /// The interface of a file called `path`; empty when the name is none for an interface.
    public static Optional<InterfaceName> linkOf(String path) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        return last.endsWith(".conf")
                ? InterfaceName.parse(last.substring(0, last.length() - ".conf".length()))
                : Optional.empty();
    }

    /// Where the file is; empty for standard input.
    String path() {
        return path;
    }

    /// The name that the user gave.
    public String name() {
        return lines.name();
    }

    Optional<InterfaceName> link() {
        return link;
    }

    /// The file line by line.
    public QuickFile lines() {
        return lines;
    }

    ParsedFile parsed() {
        return parsed;
    }

    FileIndex index() {
        return index;
    }

    InterfaceSection section() {
        return parsed.readable().interfaceSection();
    }

    List<PeerSection> peers() {
        return parsed.readable().peers();
    }

    /// The commands of all hooks, as far as they are plain.
    List<HookCommand> hooks() {
        return hooks;
    }

    /// The texts of all hooks.
    List<Located<String>> hookLines() {
        List<Located<String>> all = new ArrayList<>(section().preUp());
        all.addAll(section().postUp());
        all.addAll(section().preDown());
        all.addAll(section().postDown());
        return all;
    }

    /// Whether a hook has this text in it.
    boolean hookSays(String text) {
        for (Located<String> hook : hookLines()) {
            if (hook.value().contains(text)) {
                return true;
            }
        }
        return false;
    }

    /// The tunnel without the lines that have a problem. A file without a usable name gets one.
    Tunnel tunnel() {
        return new Tunnel(link.orElse(NAMELESS), parsed.readable());
    }

    /// The private key, from the file or its `PrivateKeyFile`.
    Optional<PrivateKey> privateKey() {
        return privateKey;
    }

    /// The interface's public key; empty while the private key is unknown. Computed once: that takes long.
    Optional<PublicKey> publicKey() {
        if (publicKey.isEmpty() && privateKey.isPresent()) {
            publicKey = Optional.of(privateKey.get().publicKey());
        }
        return publicKey;
    }

    /// The first line, for what concerns the file as a whole.
    Place start() {
        return new Place(name(), 1, 1);
    }
}
