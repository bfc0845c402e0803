// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.show;

/// Appends text with the escape sequences of ECMA-48 that `wg` uses, or without them.
final class Paint {
    static final String RESET = "\u001b[0m";
    static final String BOLD = "\u001b[1m";
    static final String RED = "\u001b[31m";
    static final String GREEN = "\u001b[32m";
    static final String YELLOW = "\u001b[33m";
    static final String CYAN = "\u001b[36m";

    private final StringBuilder out;
    private final boolean colour;

    Paint(StringBuilder out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    /// An escape sequence; nothing when colours are off.
    Paint code(String sequence) {
        if (colour) {
            out.append(sequence);
        }
        return this;
    }

    Paint text(String text) {
        out.append(text);
        return this;
    }

    Paint number(long number) {
        out.append(number);
        return this;
    }

    /// `text` between `sequence` and a reset.
    Paint in(String sequence, String text) {
        return code(sequence).text(text).code(RESET);
    }

    /// The start of a line about a setting: `  label: `.
    Paint label(String label) {
        return text("  ").in(BOLD, label).text(": ");
    }

    void end() {
        out.append('\n');
    }
}
