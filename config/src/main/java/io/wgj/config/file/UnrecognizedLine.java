// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.text.Ascii;
import java.util.Optional;

/// Why wg does not know a line, and what was probably meant.
///
/// @param reason what would be right
/// @param hint what to do
record UnrecognizedLine(String reason, String hint) {
    /// The keys of AmneziaWG, a protocol of its own; all in `[Interface]`.
    private static final String[] AMNEZIA = {
        "Jc", "Jmin", "Jmax", "S1", "S2", "S3", "S4", "H1", "H2", "H3", "H4", "I1", "I2", "I3", "I4", "I5", "J1", "J2",
        "J3", "Itime"
    };

    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    /// The encoding of a file that is not plain UTF-8, by its start; empty for plain UTF-8.
    ///
    /// @param zeros whether to look at zero bytes: bash, which reads for wg-quick, drops them
    static Optional<UnrecognizedLine> encoding(String start, boolean zeros) {
        if (start.startsWith(BYTE_ORDER_MARK)) {
            return Optional.of(new UnrecognizedLine(
                    "the file starts with a byte order mark", "save it as UTF-8 without a byte order mark"));
        }
        boolean marked = start.startsWith("\u00ff\u00fe") || start.startsWith("\u00fe\u00ff");
        boolean wide = zeros && start.length() > 3 && (isWide(start, 0) || isWide(start, 1));
        return marked || wide
                ? Optional.of(new UnrecognizedLine(
                        "the file is UTF-16", "save it as UTF-8, or run `iconv -f UTF-16 -t UTF-8' over it"))
                : Optional.empty();
    }

    /// Whether every other byte of the first four is zero, from `at` on.
    private static boolean isWide(String start, int at) {
        return start.charAt(at) == 0 && start.charAt(at + 2) == 0 && start.charAt(1 - at) != 0;
    }

    /// Whether AmneziaWG has a key of this name.
    static boolean isAmnezia(String name) {
        for (String key : AMNEZIA) {
            if (Ascii.equalsIgnoreCase(name, key)) {
                return true;
            }
        }
        return false;
    }

    /// @param section of the line; empty before the first
    /// @param quick whether the line comes from a wg-quick file
    static UnrecognizedLine explain(WgLine line, Optional<Section> section, boolean quick) {
        String text = line.text();
        String odd = OddCharacter.hint(line.original());
        if (!odd.isEmpty()) {
            return new UnrecognizedLine("a section or a key is written in ASCII", odd);
        }
        if (text.startsWith("[")) {
            return new UnrecognizedLine("a section is [Interface] or [Peer]", "");
        }
        if (text.startsWith(";") || text.startsWith("//")) {
            String sign = text.startsWith(";") ? "a semicolon" : "`//'";
            return new UnrecognizedLine(sign + " starts no comment", "start comments with #");
        }
        String key = line.key();
        if (text.indexOf('=') < 0) {
            String nearest = Key.nearest(leadingLetters(text));
            return new UnrecognizedLine(
                    "a line is a section, or a key, an equals sign and a value",
                    nearest.isEmpty() ? "" : "write " + nearest + " = and its value");
        }
        if (section.isEmpty()) {
            return new UnrecognizedLine("a key needs a section before it", "put [Interface] above it");
        }
        boolean inPeer = section.get() == Section.PEER;
        Section other = inPeer ? Section.INTERFACE : Section.PEER;
        if (Key.find(key, section.get(), Key.Owner.WG).isPresent()) {
            return new UnrecognizedLine("the value is missing", "remove the line to leave it unset");
        }
        if (Key.find(key, other, Key.Owner.WG).isPresent()) {
            return misplaced(other);
        }
        if (quick && hasBlanksInside(line.original())) {
            Optional<Key> known = ofQuick(key, Section.INTERFACE);
            if (known.isPresent()) {
                return new UnrecognizedLine(
                        "this key has no blanks inside", "write " + known.get().text());
            }
        }
        return quick ? unknownQuickKey(key, inPeer) : unknownKey(key);
    }

    /// A key of wg-quick or wgj.
    private static Optional<Key> ofQuick(String name, Section section) {
        Optional<Key> key = Key.find(name, section);
        return key.isPresent() && key.get().owner() != Key.Owner.WG ? key : Optional.empty();
    }

    /// Whether the key of a line is written in several words. wg alone reads them as one.
    private static boolean hasBlanksInside(String line) {
        int end = line.indexOf('=');
        int start = 0;
        while (start < end && Ascii.isSpace(line.charAt(start))) {
            start++;
        }
        while (end > start && Ascii.isSpace(line.charAt(end - 1))) {
            end--;
        }
        boolean blanks = false;
        for (int i = start; i < end; i++) {
            blanks |= Ascii.isSpace(line.charAt(i));
        }
        return blanks;
    }

    private static UnrecognizedLine misplaced(Section right) {
        String title = "[" + right.title() + "]";
        return new UnrecognizedLine("this key belongs to " + title, "move it to " + title);
    }

    private static UnrecognizedLine unknownQuickKey(String key, boolean inPeer) {
        if (ofQuick(key, Section.INTERFACE).isPresent()) {
            return inPeer
                    ? misplaced(Section.INTERFACE)
                    : new UnrecognizedLine(
                            "wg-quick does not know the section above, which only wg reads as [Interface]",
                            "write [Interface] without blanks inside and nothing after it");
        }
        return ofQuick(key, Section.PEER).isPresent() ? misplaced(Section.PEER) : unknownKey(key);
    }

    private static UnrecognizedLine unknownKey(String key) {
        Optional<Key> known = ofQuick(key, Section.INTERFACE);
        if (known.isEmpty()) {
            known = ofQuick(key, Section.PEER);
        }
        if (known.isPresent()) {
            String what = known.get().owner() == Key.Owner.WG_QUICK
                    ? known.get().text() + " is a key of wg-quick"
                    : "this is a key of wgj-quick";
            return new UnrecognizedLine(
                    what + ", which wg does not know",
                    "use wgj-quick with this file, or give wg the output of wgj-quick strip");
        }
        if (isAmnezia(key)) {
            return new UnrecognizedLine(
                    "this is a key of AmneziaWG, whose packets WireGuard does not understand",
                    "ask for a file for WireGuard, or use amneziawg-tools; its other keys are not reported");
        }
        String nearest = Key.nearest(key);
        return new UnrecognizedLine(
                "there is no such key", nearest.isEmpty() ? foreign(key) : "did you mean " + nearest + "?");
    }

    /// What to do about keys of other programs that read files of this kind; empty for keys of none.
    private static String foreign(String key) {
        if (Ascii.equalsIgnoreCase(key, "ExcludedIPs")
                || Ascii.equalsIgnoreCase(key, "DisallowedIPs")
                || Ascii.equalsIgnoreCase(key, "ExcludeIPs")) {
            return "remove these networks from AllowedIPs, which lists what goes to the peer";
        }
        if (Ascii.equalsIgnoreCase(key, "ExcludedApplications")
                || Ascii.equalsIgnoreCase(key, "IncludedApplications")) {
            return "this is a key of WireGuard for Android; remove it";
        }
        return "";
    }

    /// The letters that a line starts with, which are probably the key when an equals sign is missing.
    static String leadingLetters(String text) {
        int end = 0;
        while (end < text.length() && Ascii.isLetter(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
    }
}
