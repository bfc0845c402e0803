// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

/// Why wg does not know a line, and what may have been meant.
///
/// @param reason what would be right
/// @param hint the next move
record UnrecognizedLine(String reason, String hint) {
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    /// @param section `Interface`, `Peer`, or empty before the first
    /// @param quick whether the line is what is left of a wg-quick file
    static UnrecognizedLine explain(WgLine line, String section, boolean quick) {
        String text = line.text();
        if (text.startsWith(BYTE_ORDER_MARK) && line.number() == 1) {
            return new UnrecognizedLine(
                    "the file starts with a byte order mark", "save it as UTF-8 without a byte order mark");
        }
        if (text.startsWith("[")) {
            return new UnrecognizedLine("a section is [Interface] or [Peer]", "");
        }
        if (text.startsWith(";")) {
            return new UnrecognizedLine("a semicolon starts no comment", "start comments with #");
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
        return quick ? unknownQuickKey(key, inPeer) : unknownKey(key);
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
        String nearest = KeyNames.nearest(key);
        return new UnrecognizedLine("there is no such key", nearest.isEmpty() ? "" : "did you mean " + nearest + "?");
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
