// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.file.Key;
import io.wgj.config.file.Located;
import io.wgj.config.file.PeerSection;
import io.wgj.config.file.Place;
import io.wgj.config.file.QuickFile;
import io.wgj.config.file.QuickLine;
import io.wgj.config.file.Section;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.text.Ascii;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where each key and value of a file stands. A parsed file keeps the places of few values.
final class FileIndex {
    private final String file;
    private final List<QuickLine> lines;
    /// The lines with a key, by the line of their section.
    private final Map<Integer, List<KeyLine>> sections = new HashMap<>();
    /// What [#allowedIps] has found, by the line of the peer: several checks ask.
    private final Map<Integer, List<Located<IpPrefix>>> allowedIps = new HashMap<>();

    FileIndex(QuickFile file) {
        this.file = file.name();
        this.lines = file.lines();
        int section = 0;
        Optional<Section> kind = Optional.empty();
        for (QuickLine line : lines) {
            String text = line.original();
            int hash = text.indexOf('#');
            String kept = hash < 0 ? text : text.substring(0, hash);
            String bare = withoutBlanks(kept);
            if (bare.startsWith("[")) {
                section = line.number();
                kind = Ascii.equalsIgnoreCase(bare, "[Interface]")
                        ? Optional.of(Section.INTERFACE)
                        : Ascii.equalsIgnoreCase(bare, "[Peer]") ? Optional.of(Section.PEER) : Optional.empty();
            } else if (kind.isPresent() && bare.indexOf('=') > 0) {
                Optional<Key> key = Key.find(bare.substring(0, bare.indexOf('=')), kind.get());
                if (key.isPresent()) {
                    List<KeyLine> keys = sections.get(section);
                    if (keys == null) {
                        keys = new ArrayList<>();
                        sections.put(section, keys);
                    }
                    keys.add(new KeyLine(line.number(), key.get(), kept, line.column()));
                }
            }
        }
    }

    /// A line with a key.
    ///
    /// @param text the line without its comment
    /// @param column of the value, from 1
    private record KeyLine(int number, Key key, String text, int column) {}

    /// The place of the last value of `key` in any section of its kind; the start of the file when there is none.
    Place place(Key key) {
        Place found = new Place(file, 1, 1);
        for (List<KeyLine> section : sections.values()) {
            for (KeyLine line : section) {
                if (line.key() == key && line.number() >= found.line()) {
                    found = place(line);
                }
            }
        }
        return found;
    }

    /// The place of a peer's last value of `key`; that of its section when there is none.
    Place place(PeerSection peer, Key key) {
        Place found = peer.place();
        for (KeyLine line : linesOf(peer)) {
            if (line.key() == key) {
                found = place(line);
            }
        }
        return found;
    }

    /// A peer's allowed IPs as written, with places, in the order of the file.
    List<Located<IpPrefix>> allowedIps(PeerSection peer) {
        List<Located<IpPrefix>> found = allowedIps.get(peer.place().line());
        if (found == null) {
            found = findAllowedIps(peer);
            allowedIps.put(peer.place().line(), found);
        }
        return found;
    }

    private List<Located<IpPrefix>> findAllowedIps(PeerSection peer) {
        List<AllowedIpUpdate> entries = peer.settings().allowedIps();
        List<Located<String>> words = new ArrayList<>(entries.size());
        for (KeyLine line : linesOf(peer)) {
            if (line.key() == Key.ALLOWED_IPS) {
                words(line, words);
            }
        }
        List<Located<IpPrefix>> located = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            IpPrefix prefix = entries.get(i).prefix();
            if (!entries.get(i).remove()) {
                // A line with a mistake gives no entry, so the words no longer tell which is which.
                located.add(
                        words.size() == entries.size()
                                ? words.get(i).withValue(prefix)
                                : new Located<>(place(peer, Key.ALLOWED_IPS), prefix.text(), prefix));
            }
        }
        return located;
    }

    private List<KeyLine> linesOf(PeerSection peer) {
        return sections.getOrDefault(peer.place().line(), List.of());
    }

    private Place place(KeyLine line) {
        return new Place(file, line.number(), line.column());
    }

    private void words(KeyLine line, List<Located<String>> into) {
        String text = line.text();
        int at = line.column() - 1;
        while (at < text.length()) {
            int comma = text.indexOf(',', at);
            int end = comma < 0 ? text.length() : comma;
            int start = at;
            while (start < end && Ascii.isSpace(text.charAt(start))) {
                start++;
            }
            String word = withoutBlanks(text.substring(start, end));
            if (!word.isEmpty()) {
                into.add(new Located<>(new Place(file, line.number(), start + 1), word, word));
            }
            at = end + 1;
        }
    }

    private static String withoutBlanks(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != 0 && !Ascii.isSpace(c)) {
                out.append(c);
            }
        }
        return out.toString();
    }
}
