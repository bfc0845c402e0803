// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import io.wgj.cli.host.Host;
import io.wgj.config.key.KeyMask;
import io.wgj.config.text.Printable;
import java.util.List;

/// One invocation of a program: its name, its words, and the machine it runs on.
///
/// @param program `argv[0]` as messages show it
/// @param words everything after it, one char a byte
public record Invocation(InvokedAs invokedAs, String program, List<String> words, Host host) {
    public Invocation {
        words = List.copyOf(words);
    }

    /// The words after the first.
    public List<String> arguments() {
        return words.subList(1, words.size());
    }

    /// Where results go.
    public StringBuilder out() {
        return host.out();
    }

    /// Whether our own lines, commands and options are allowed beside the original's.
    public boolean extended() {
        return invokedAs == InvokedAs.WGJ || invokedAs == InvokedAs.WGJ_QUICK;
    }

    /// Prints a diagnostic line that the original prints too: byte for byte, except that keys are hidden.
    public void report(String line) {
        host.err(KeyMask.hide(line) + "\n");
    }

    /// Prints a line of our own after the original's; nothing under the original's name. Keys are hidden, and control
    /// characters are escaped.
    public void remark(String line) {
        if (extended()) {
            host.err("wgj: " + Printable.of(KeyMask.hide(line)) + "\n");
        }
    }
}
