// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import io.wgj.cli.host.Host;
import io.wgj.config.key.KeyMask;
import io.wgj.config.text.Printable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One invocation of a program: its name, its words, and the machine it runs on.
///
/// Lines of our own begin with the program's name, `wgj: ` or `wgj-quick: `. There is one exception: after a line
/// of wg-quick's own, ours begins with `wgj: ` under the name wgj-quick too, so that a script can tell the two
/// apart.
public final class Invocation {
    private final InvokedAs invokedAs;
    private final String program;
    private final String launcher;
    private final List<String> words;
    private final Host host;
    private final @Nullable List<String> notes;

    /// @param program `argv[0]` as messages show it
    /// @param words everything after it, one char a byte
    public Invocation(InvokedAs invokedAs, String program, List<String> words, Host host) {
        this(invokedAs, program, program, words, host, null);
    }

    private Invocation(
            InvokedAs invokedAs,
            String program,
            String launcher,
            List<String> words,
            Host host,
            @Nullable List<String> notes) {
        this.invokedAs = invokedAs;
        this.program = program;
        this.launcher = launcher;
        this.words = List.copyOf(words);
        this.host = host;
        this.notes = notes;
    }

    /// The same invocation with warnings and notes in a list instead of on standard error: for `--json`, which
    /// shows them in its document, and for `--quiet`, which shows none.
    ///
    /// @param into where each line is added
    public Invocation collecting(List<String> into) {
        return new Invocation(invokedAs, program, launcher, words, host, into);
    }

    /// The same invocation, whose messages call the program `shown`.
    public Invocation shownAs(String shown) {
        return new Invocation(invokedAs, shown, launcher, words, host, notes);
    }

    /// Which program the caller asked for.
    public InvokedAs invokedAs() {
        return invokedAs;
    }

    /// `argv[0]` as messages show it.
    public String program() {
        return program;
    }

    /// The program as it was called: a path, or a name to be found in `PATH`.
    public String launcher() {
        return launcher;
    }

    /// Everything after the program's name, one char a byte.
    public List<String> words() {
        return words;
    }

    /// The machine it runs on.
    public Host host() {
        return host;
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

    /// The warnings and notes that were collected.
    public List<String> notes() {
        return notes == null ? List.of() : notes;
    }

    /// Whether warnings and notes, and the trace of steps, are not for standard error.
    public boolean isQuiet() {
        return notes != null;
    }

    /// Prints a diagnostic line that the original prints too: byte for byte, except that keys are hidden.
    public void report(String line) {
        host.err(KeyMask.hide(line) + "\n");
    }

    /// Prints a warning that the original prints too, unless warnings are collected.
    public void warn(String line) {
        if (notes == null) {
            report(line);
        } else {
            notes.add(line);
        }
    }

    /// Prints a line of our own after the original's; nothing under the original's name. Keys are hidden, and
    /// control characters are escaped.
    public void remark(String line) {
        if (extended()) {
            own(isOurs() ? prefix() : "wgj: ", line);
        }
    }

    /// Prints a line of our own that is no error, unless notes are collected; nothing under the original's name.
    public void note(String line) {
        if (notes == null) {
            remark(line);
        } else {
            notes.add(line);
        }
    }

    /// Prints what is wrong about the words. Keys are hidden, and control characters are escaped.
    public void complain(String line) {
        own(prefix(), line);
    }

    private String prefix() {
        return invokedAs == InvokedAs.WGJ_QUICK ? "wgj-quick: " : "wgj: ";
    }

    private void own(String prefix, String line) {
        host.err(prefix + Printable.of(KeyMask.hide(line)) + "\n");
    }

    /// Whether the command is none of wg-quick's.
    private boolean isOurs() {
        return switch (words.isEmpty() ? "" : words.getFirst()) {
            case "up", "down", "save", "strip" -> false;
            default -> true;
        };
    }
}
