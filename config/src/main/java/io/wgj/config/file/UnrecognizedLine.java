// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.text.Ascii;
import java.util.Optional;

/// Why wg does not know a line, and what may have been meant.
///
/// @param reason what would be right
/// @param hint the next move
record UnrecognizedLine(String reason, String hint) {
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    /// What a file in another encoding than UTF-8 is, by its start; empty for a plain one.
    ///
    /// @param zeros whether zero bytes tell it too: bash, which reads for wg-quick, drops them
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

    /// @param section `Interface`, `Peer`, or empty before the first
    /// @param quick whether the line is what is left of a wg-quick file
    static UnrecognizedLine explain(WgLine line, String section, boolean quick) {
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
            String nearest = KeyNames.nearest(leadingLetters(text));
            return new UnrecognizedLine(
                    "a line is a section, or a key, an equals sign and a value",
                    nearest.isEmpty() ? "" : "write " + nearest + " = and its value");
        }
        if (section.isEmpty()) {
            return new UnrecognizedLine("no key may stand before the first section", "put [Interface] above it");
        }
        boolean inPeer = section.equals("Peer");
        if (KeyNames.isOneOf(key, inPeer ? KeyNames.WG_PEER : KeyNames.WG_INTERFACE)) {
            return new UnrecognizedLine("the value is missing", "leave the line out to leave it unset");
        }
        if (KeyNames.isOneOf(key, inPeer ? KeyNames.WG_INTERFACE : KeyNames.WG_PEER)) {
            return misplaced(inPeer ? "[Interface]" : "[Peer]");
        }
        if (quick && hasBlanksInside(line.original())) {
            String known = KeyNames.spelling(key, KeyNames.QUICK) + KeyNames.spelling(key, KeyNames.WGJ_INTERFACE);
            if (!known.isEmpty()) {
                return new UnrecognizedLine("this key has no blanks inside", "write " + known);
            }
        }
        return quick ? unknownQuickKey(key, inPeer) : unknownKey(key);
    }

    /// Whether the key of a line is written in several words, which wg alone reads as one.
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

    private static UnrecognizedLine misplaced(String section) {
        return new UnrecognizedLine("this key belongs to " + section, "move it to " + section);
    }

    private static UnrecognizedLine unknownQuickKey(String key, boolean inPeer) {
        if (KeyNames.isOneOf(key, KeyNames.QUICK) || KeyNames.isOneOf(key, KeyNames.WGJ_INTERFACE)) {
            return inPeer
                    ? misplaced("[Interface]")
                    : new UnrecognizedLine(
                            "wg-quick does not know the section above, which only wg reads as [Interface]",
                            "write [Interface] without blanks inside and nothing behind it");
        }
        return KeyNames.isOneOf(key, KeyNames.WGJ_PEER) ? misplaced("[Peer]") : unknownKey(key);
    }

    private static UnrecognizedLine unknownKey(String key) {
        String quick = KeyNames.spelling(key, KeyNames.QUICK);
        if (!quick.isEmpty()) {
            return new UnrecognizedLine(
                    quick + " is a key of wg-quick, which wg does not know",
                    "use wgj-quick with this file, or give wg the output of wgj-quick strip");
        }
        if (KeyNames.isOneOf(key, KeyNames.WGJ_INTERFACE) || KeyNames.isOneOf(key, KeyNames.WGJ_PEER)) {
            return new UnrecognizedLine(
                    "this is a key of wgj-quick, which wg does not know",
                    "use wgj-quick with this file, or give wg the output of wgj-quick strip");
        }
        if (KeyNames.isOneOf(key, KeyNames.AMNEZIA)) {
            return new UnrecognizedLine(
                    "this is a key of AmneziaWG, whose packets WireGuard does not understand",
                    "ask for a file for WireGuard, or use amneziawg-tools; its other keys are not told one by one");
        }
        String nearest = KeyNames.nearest(key);
        return new UnrecognizedLine(
                "there is no such key", nearest.isEmpty() ? foreign(key) : "did you mean " + nearest + "?");
    }

    /// What to do about keys of other programs that read such files.
    private static String foreign(String key) {
        if (Ascii.equalsIgnoreCase(key, "ExcludedIPs")
                || Ascii.equalsIgnoreCase(key, "DisallowedIPs")
                || Ascii.equalsIgnoreCase(key, "ExcludeIPs")) {
            return "take these networks out of AllowedIPs, which lists what goes to the peer";
        }
        if (Ascii.equalsIgnoreCase(key, "ExcludedApplications")
                || Ascii.equalsIgnoreCase(key, "IncludedApplications")) {
            return "this is a key of WireGuard for Android; leave it out";
        }
        return "";
    }

    /// The name that a line without an equals sign may have been meant to start with.
    static String leadingLetters(String text) {
        int end = 0;
        while (end < text.length() && Ascii.isLetter(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
    }
}
