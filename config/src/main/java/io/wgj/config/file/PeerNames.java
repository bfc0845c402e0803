// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.key.KeyMask;
import io.wgj.config.key.PublicKey;
import io.wgj.config.text.Ascii;
import io.wgj.config.text.Latin1;
import io.wgj.config.text.Printable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The names that comments of a file give to peers: `# Name = office` in the section, or else a comment line
/// directly above `[Peer]`.
public final class PeerNames {
    private static final int LONGEST = 64;
    private static final String PEER = "[Peer]";
    private static final String NAME = "Name";
    private static final String PUBLIC_KEY = "PublicKey";

    private PeerNames() {}

    /// The names by public key, a byte a char. Text that is no name is ignored: more than 64 characters, not
    /// printable, or with a key in it.
    public static Map<PublicKey, String> of(QuickFile file) {
        Map<PublicKey, String> names = new HashMap<>();
        String above = "";
        String inside = "";
        String comment = "";
        Optional<PublicKey> key = Optional.empty();
        for (QuickLine line : file.lines()) {
            String text = line.trimmed();
            if (text.startsWith("[")) {
                add(names, key, inside.isEmpty() ? above : inside);
                above = Ascii.equalsIgnoreCase(text, PEER) ? comment : "";
                inside = "";
                key = Optional.empty();
            } else if (text.startsWith("#")) {
                String given = value(text.substring(1), NAME);
                inside = given.isEmpty() ? inside : given;
            } else if (!value(text, PUBLIC_KEY).isEmpty()) {
                key = PublicKey.parseBase64(value(text, PUBLIC_KEY));
            }
            comment = text.startsWith("#") ? text.substring(1).strip() : "";
        }
        add(names, key, inside.isEmpty() ? above : inside);
        return names;
    }

    /// The value of a line with this key; empty for any other line.
    private static String value(String line, String key) {
        int equals = line.indexOf('=');
        if (equals < 0 || !Ascii.equalsIgnoreCase(line.substring(0, equals).strip(), key)) {
            return "";
        }
        int end = line.indexOf('#', equals);
        return line.substring(equals + 1, end < 0 ? line.length() : end).strip();
    }

    private static boolean isName(String text) {
        return !text.isEmpty()
                && Latin1.toUnicode(text).codePoints().count() <= LONGEST
                && Printable.of(text).equals(text)
                && KeyMask.hide(text).equals(text);
    }

    private static void add(Map<PublicKey, String> names, Optional<PublicKey> key, String name) {
        if (key.isPresent() && isName(name)) {
            names.put(key.get(), name);
        }
    }
}
