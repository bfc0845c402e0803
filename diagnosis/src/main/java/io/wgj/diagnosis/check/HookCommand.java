// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import io.wgj.config.file.InterfaceSection;
import io.wgj.config.file.Located;
import io.wgj.config.file.Place;
import io.wgj.config.text.Ascii;
import java.util.ArrayList;
import java.util.List;

/// One command of a hook. A line may have several, joined by `;` or `&&`.
///
/// @param place of the hook's text
/// @param up whether the hook runs when the tunnel comes up
/// @param words of the command, without `sudo`
/// @param isPlain whether the words are all there is: no quotes, variables, pipes or redirections
record HookCommand(Place place, boolean up, List<String> words, boolean isPlain) {
    HookCommand {
        words = List.copyOf(words);
    }

    /// The commands of all hooks of a file.
    static List<HookCommand> of(InterfaceSection section) {
        List<HookCommand> commands = new ArrayList<>();
        add(section.preUp(), true, commands);
        add(section.postUp(), true, commands);
        add(section.preDown(), false, commands);
        add(section.postDown(), false, commands);
        return commands;
    }

    private static void add(List<Located<String>> hooks, boolean up, List<HookCommand> into) {
        for (Located<String> hook : hooks) {
            String text = hook.value();
            int start = 0;
            int quote = 0;
            for (int i = 0; i <= text.length(); i++) {
                char c = i < text.length() ? text.charAt(i) : ';';
                if (quote != 0 && i < text.length()) {
                    quote = c == quote ? 0 : quote;
                } else if (c == '\'' || c == '"') {
                    quote = c;
                } else if (c == ';' || c == '&' || c == '\n') {
                    add(hook.place(), up, text.substring(start, i), into);
                    start = i + 1;
                }
            }
        }
    }

    private static void add(Place place, boolean up, String text, List<HookCommand> into) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean end = i == text.length() || Ascii.isSpace(text.charAt(i));
            if (end && i > start) {
                words.add(text.substring(start, i));
            }
            start = end ? i + 1 : start;
        }
        if (!words.isEmpty() && words.getFirst().equals("sudo")) {
            words.removeFirst();
        }
        if (!words.isEmpty()) {
            into.add(new HookCommand(place, up, words, isPlain(text)));
        }
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("'\"`$|<>(){}\\*?!#~".indexOf(text.charAt(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    /// The program without its folder.
    String program() {
        String first = words.getFirst();
        return first.substring(first.lastIndexOf('/') + 1);
    }

    /// Whether the command runs iptables for either family.
    boolean isIptables() {
        String program = program();
        return program.equals("iptables")
                || program.equals("ip6tables")
                || program.equals("iptables-nft")
                || program.equals("iptables-legacy");
    }

    /// Whether one of the words is `word`.
    boolean has(String word) {
        return words.contains(word);
    }

    /// The words after `ip [-4|-6] OBJECT VERB`, with the family in front; empty for any other command.
    ///
    /// @param object in full, such as `rule`
    /// @param verbs in full, such as `add`
    List<String> ip(String object, String... verbs) {
        if (!program().equals("ip") || words.size() < 3) {
            return List.of();
        }
        int at = 1;
        List<String> rest = new ArrayList<>();
        if (words.get(at).equals("-4") || words.get(at).equals("-6")) {
            rest.add(words.get(at++));
        }
        if (at + 1 >= words.size() || !isShortFor(words.get(at), object)) {
            return List.of();
        }
        for (String verb : verbs) {
            if (isShortFor(words.get(at + 1), verb)) {
                rest.addAll(words.subList(at + 2, words.size()));
                return rest;
            }
        }
        return List.of();
    }

    /// ip(8) takes the beginnings of its words; `r` is `route`.
    private static boolean isShortFor(String word, String full) {
        return !word.isEmpty() && full.startsWith(word) && !(word.equals("r") && full.equals("rule"));
    }
}
