// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.generated;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Plain text as mdoc(7). The result is whole lines.
final class Mdoc {
    /// `` `quoted' `` text, or a manual page such as `ip(8)`.
    private static final Pattern SPECIAL =
            Pattern.compile("`([^']*)'([.,;:)]*)|\\b([a-z][a-z.-]*)\\((\\d)\\)([.,;:]*)");

    private static final Pattern SENTENCE = Pattern.compile("(?<=[A-Za-z0-9)]\\.) (?=[A-Z-])");
    private static final int WIDTH = 78;

    private Mdoc() {}

    /// Characters as they are, for a line of text: what mdoc would read as a request, or show as another
    /// character, is escaped.
    static String escape(String text) {
        String escaped = text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("'", "\\(aq")
                .replace("`", "\\(ga")
                .replace("^", "\\(ha")
                .replace("~", "\\(ti");
        return escaped.startsWith(".") ? "\\&" + escaped : escaped;
    }

    /// The text of a line that [#escape] made.
    static String unescape(String line) {
        return line.replace("\\&", "")
                .replace("\\(ti", "~")
                .replace("\\(ha", "^")
                .replace("\\(ga", "`")
                .replace("\\(aq", "'")
                .replace("\\-", "-")
                .replace("\\e", "\\");
    }

    /// Escaped words as arguments of a macro: none is taken for a macro or for punctuation.
    static String arguments(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.split(" ", -1)) {
            String escaped = escape(word).replace("\"", "\\(dq");
            boolean ambiguous = word.matches("%?[A-Z][A-Za-z][a-z]?|[.,;:|()\\[\\]!?]");
            words.add(ambiguous ? "\\&" + escaped : escaped);
        }
        return String.join(" ", words);
    }

    /// Sentences. Quoted words become `.Ql`, names of manual pages `.Xr`. A final full stop is added.
    static String sentences(String text) {
        return prose(Character.toUpperCase(text.charAt(0)) + text.substring(1) + (text.endsWith(".") ? "" : "."));
    }

    /// The same for text that is no sentence, such as a value.
    static String prose(String text) {
        StringBuilder out = new StringBuilder();
        SENTENCE.splitAsStream(text).forEach(sentence -> sentence(out, sentence));
        return out.toString();
    }

    private static void sentence(StringBuilder out, String text) {
        Matcher special = SPECIAL.matcher(text);
        int at = 0;
        while (special.find()) {
            words(out, text.substring(at, special.start()));
            boolean quoted = special.group(1) != null;
            String punctuation = quoted ? special.group(2) : special.group(5);
            out.append(
                    quoted ? ".Ql " + arguments(special.group(1)) : ".Xr " + special.group(3) + " " + special.group(4));
            for (int i = 0; i < punctuation.length(); i++) {
                out.append(' ').append(punctuation.charAt(i));
            }
            out.append('\n');
            at = special.end();
        }
        words(out, text.substring(at));
    }

    /// Wrapped words. Hyphens within words stay what they are; those of options are minus signs.
    private static void words(StringBuilder out, String text) {
        String line = "";
        for (String word : text.strip().split(" +", -1)) {
            String escaped = escape(word);
            if (!line.isEmpty() && line.length() + 1 + escaped.length() > WIDTH) {
                out.append(line).append('\n');
                line = "";
            }
            line += (line.isEmpty() ? "" : " ") + escaped;
        }
        if (!line.isEmpty()) {
            out.append(line).append('\n');
        }
    }

    /// A synopsis such as `[INTERFACE | all] [FIELD | --json[=wg]]`: one line for each part. Words in capitals
    /// and in angle brackets stand for something, others are written as they are.
    static String synopsis(String text) {
        StringBuilder out = new StringBuilder();
        for (String part : parts(text)) {
            int close = part.lastIndexOf(']');
            if (part.startsWith("[") && part.length() > WIDTH) {
                // A line for each part of it, so that a terminal's line can end between them.
                String inside = part.substring(1, close).strip();
                int first = inside.indexOf('[');
                out.append(".Oo ")
                        .append(macros(inside.substring(0, first).strip()))
                        .append('\n');
                out.append(synopsis(inside.substring(first)));
                String after = part.substring(close + 1);
                out.append(".Oc")
                        .append(after.isEmpty() ? "" : " Ns " + macros(after))
                        .append('\n');
            } else {
                out.append('.').append(macros(part)).append('\n');
            }
        }
        return out.toString();
    }

    /// A synopsis cut at `|` outside of brackets.
    static List<String> alternatives(String text) {
        List<String> ways = new ArrayList<>();
        StringBuilder way = new StringBuilder();
        for (String part : parts(text)) {
            if (part.equals("|")) {
                ways.add(way.toString());
                way.setLength(0);
            } else {
                way.append(way.isEmpty() ? "" : " ").append(part);
            }
        }
        ways.add(way.toString());
        return ways;
    }

    /// Cut at blanks outside of brackets.
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '[' || c == '<' ? 1 : c == ']' || c == '>' ? -1 : 0;
            if (c == ' ' && depth == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        if (start < text.length()) {
            parts.add(text.substring(start));
        }
        return parts;
    }

    private static String macros(String part) {
        Matcher token = Pattern.compile(" *(\\[|]|<[^>]*>|[^ \\[\\]<>]+)").matcher(part);
        StringBuilder out = new StringBuilder();
        String before = "";
        while (token.find()) {
            String word = token.group(1);
            boolean joined =
                    !before.isEmpty() && !token.group().startsWith(" ") && !before.equals("[") && !word.equals("]");
            out.append(out.isEmpty() ? "" : " ").append(joined ? "Ns " : "").append(macro(word));
            before = word;
        }
        return out.toString();
    }

    private static String macro(String word) {
        if (word.equals("[")) {
            return "Oo";
        }
        if (word.equals("]")) {
            return "Oc";
        }
        if (word.equals("|")) {
            return "|";
        }
        if (word.startsWith("<")) {
            return "Ar " + arguments(word.substring(1, word.length() - 1));
        }
        if (word.matches("--?[a-z-]+")) {
            return "Fl " + escape(word.substring(1));
        }
        if (word.matches("[A-Z][A-Z0-9]+")) {
            return "Ar " + word;
        }
        return (word.matches("[a-z-]+") ? "Cm " : "No ") + arguments(word);
    }
}
