// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.key.KeyMask;
import io.wgj.config.key.PublicKey;
import io.wgj.config.text.Ascii;
import io.wgj.config.text.Latin1;
import io.wgj.config.text.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The names that a file gives to peers. Of a section the first of these counts: its last line `Name = office`,
/// its last comment `# Name = office`, or the comment line directly above `[Peer]`.
///
/// Scripts that manage servers mark their sections with comments. Of `### Client office`, `# BEGIN_PEER office`
/// and `### begin office ###` the name is `office`.
public final class PeerNames {
    private static final int LONGEST = 64;
    private static final String PEER = "[Peer]";
    private static final String[] MARKS = {"Client ", "BEGIN_PEER ", "begin "};

    /// A name and where it stands. All text is bytes, one a char.
    ///
    /// @param key the public key of the section
    /// @param text as written; a name only when [#isName]
    /// @param source of the text
    public record Given(PublicKey key, String text, Place place, Source source) {
        /// Whether the text can be a name. That of a [Source#SETTING] is one in a file without problems.
        public boolean isName() {
            return PeerNames.isName(text);
        }
    }

    /// The three places of a name.
    public enum Source {
        /// A line `Name = X`.
        SETTING,
        /// A comment `# Name = X` in the section.
        COMMENT,
        /// The comment line directly above `[Peer]`.
        ABOVE
    }

    private PeerNames() {}

    /// The names by public key, a byte a char. Text that is no name is ignored: more than 64 characters, not
    /// printable, or with a key in it.
    public static Map<PublicKey, String> of(QuickFile file) {
        Map<PublicKey, String> names = new HashMap<>();
        for (Given given : given(file)) {
            if (given.isName()) {
                names.put(given.key(), given.text());
            }
        }
        return names;
    }

    /// What the file gives as names, at most one a section, in its order. Comments above sections that can be no
    /// name are left out, as they may be about anything.
    public static List<Given> given(QuickFile file) {
        return new Reader(file).read();
    }

    /// The names of `Name` lines by public key, a byte a char.
    public static Map<PublicKey, String> of(TunnelFile file) {
        Map<PublicKey, String> names = new HashMap<>();
        for (PeerSection peer : file.peers()) {
            if (peer.name().isPresent()) {
                names.put(peer.publicKey(), peer.name().get().value());
            }
        }
        return names;
    }

    /// Parses the value of `Name`, a byte a char.
    public static String parse(String text) throws ValueException {
        if (text.isEmpty()) {
            throw new ValueException("", "the name is missing", "remove the line, or write a name");
        }
        if (Latin1.toUnicode(text).codePoints().count() > LONGEST) {
            throw new ValueException("", "a name has at most " + LONGEST + " characters", "write a shorter one");
        }
        if (!Printable.of(text).equals(text)) {
            throw new ValueException(
                    "", "the name has characters that a terminal does not show", "write printable UTF-8 alone");
        }
        if (!isName(text)) {
            throw new ValueException("", "a name must not hold a key", "write another name");
        }
        return text;
    }

    private static boolean isName(String text) {
        return !text.isEmpty()
                && Latin1.toUnicode(text).codePoints().count() <= LONGEST
                && Printable.of(text).equals(text)
                && KeyMask.hide(text).equals(text);
    }

    /// Reads the lines of one file.
    private static final class Reader {
        private final QuickFile file;
        private final List<Given> all = new ArrayList<>();
        private Optional<PublicKey> key = Optional.empty();
        private Optional<Located<String>> setting = Optional.empty();
        private Optional<Located<String>> inside = Optional.empty();
        private Optional<Located<String>> above = Optional.empty();
        private boolean isPeer;

        Reader(QuickFile file) {
            this.file = file;
        }

        List<Given> read() {
            Optional<Located<String>> comment = Optional.empty();
            for (QuickLine line : file.lines()) {
                String text = line.trimmed();
                boolean isComment = text.startsWith("#");
                if (text.startsWith("[")) {
                    endSection();
                    isPeer = Ascii.equalsIgnoreCase(withoutComment(text), PEER);
                    above = comment;
                } else if (isComment) {
                    String given = value(text.substring(1), Key.NAME);
                    inside = given.isEmpty() ? inside : Optional.of(at(line, given));
                } else if (line.is(Key.NAME)) {
                    setting = Optional.of(new Located<>(
                            new Place(file.name(), line.number(), line.column()), line.value(), line.value()));
                } else if (isPeer && !value(text, Key.PUBLIC_KEY).isEmpty()) {
                    key = PublicKey.parseBase64(Ascii.withoutSpace(value(text, Key.PUBLIC_KEY)));
                }
                comment = isComment ? title(line, text) : Optional.empty();
            }
            endSection();
            return all;
        }

        private void endSection() {
            if (key.isPresent()) {
                if (setting.isPresent()) {
                    add(setting.get(), Source.SETTING);
                } else if (inside.isPresent()) {
                    add(inside.get(), Source.COMMENT);
                } else if (above.isPresent()) {
                    add(above.get(), Source.ABOVE);
                }
            }
            key = Optional.empty();
            setting = Optional.empty();
            inside = Optional.empty();
        }

        private void add(Located<String> text, Source source) {
            all.add(new Given(key.orElseThrow(), text.value(), text.place(), source));
        }

        private Located<String> at(QuickLine line, String text) {
            int column = line.original().indexOf(text) + 1;
            return new Located<>(new Place(file.name(), line.number(), Math.max(column, 1)), text, text);
        }

        /// The name in a comment above a section. A setting behind a `#`, and a comment for `wgj check`, are none.
        private Optional<Located<String>> title(QuickLine line, String comment) {
            String text = trim(comment);
            for (String mark : MARKS) {
                if (text.length() > mark.length() && text.startsWith(mark)) {
                    text = trim(text.substring(mark.length()));
                    break;
                }
            }
            boolean isName = isName(text) && !isSetting(text) && text.indexOf("wgj: ignore ") < 0;
            return isName ? Optional.of(at(line, text)) : Optional.empty();
        }
    }

    /// Without the `#` and blanks at both ends.
    private static String trim(String comment) {
        int start = 0;
        int end = comment.length();
        while (start < end && isMargin(comment.charAt(start))) {
            start++;
        }
        while (end > start && isMargin(comment.charAt(end - 1))) {
            end--;
        }
        return comment.substring(start, end);
    }

    private static boolean isMargin(char c) {
        return c == '#' || Ascii.isSpace(c);
    }

    private static boolean isSetting(String text) {
        int equals = text.indexOf('=');
        String name = Ascii.trim(text.substring(0, Math.max(equals, 0)));
        return Key.find(name, Section.PEER).isPresent()
                || Key.find(name, Section.INTERFACE).isPresent();
    }

    private static String withoutComment(String text) {
        int hash = text.indexOf('#');
        return Ascii.trim(hash < 0 ? text : text.substring(0, hash));
    }

    /// The value of a line with this key; empty for any other line.
    private static String value(String line, Key key) {
        int equals = line.indexOf('=');
        if (equals < 0 || !Ascii.equalsIgnoreCase(Ascii.trim(line.substring(0, equals)), key.text())) {
            return "";
        }
        int end = line.indexOf('#', equals);
        return Ascii.trim(line.substring(equals + 1, end < 0 ? line.length() : end));
    }
}
