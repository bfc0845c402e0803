// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import io.wgj.cli.host.Host;
import io.wgj.config.file.Printable;
import io.wgj.config.key.KeyMask;
import java.util.List;

/// One call of the program: who was called, with which words, on which machine.
///
/// @param program `argv[0]` as messages show it
/// @param words everything behind it, one byte a char
public record Call(Face face, String program, List<String> words, Host host) {
    public Call {
        words = List.copyOf(words);
    }

    /// The words behind the first.
    public List<String> arguments() {
        return words.subList(1, words.size());
    }

    /// Where the results go.
    public StringBuilder out() {
        return host.out();
    }

    /// Whether our own lines, words and options are wanted beside the original's.
    public boolean extended() {
        return face == Face.WGJ || face == Face.WGJ_QUICK;
    }

    /// A diagnostic line that the original prints too: byte for byte, but for keys, which are hidden.
    public void say(String line) {
        host.err(KeyMask.hide(line) + "\n");
    }

    /// A line of our own behind the original's; nothing under the original's name. Keys are hidden, and control
    /// characters of names and files escaped.
    public void add(String line) {
        if (extended()) {
            host.err("wgj: " + Printable.of(KeyMask.hide(line)) + "\n");
        }
    }
}
