// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.help;

import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.Paragraphs;
import io.wgj.config.file.Key;
import io.wgj.config.file.Section;

/// `help FILE`: every key of a configuration file, from the table of keys.
final class FilePage {
    private static final int KEY_INDENT = 2;
    private static final int TEXT_INDENT = 6;

    private FilePage() {}

    /// The page.
    static String of(Invocation invocation) {
        Paragraphs page = new Paragraphs(invocation.host().columns());
        page.paragraph(
                "A configuration file has one [Interface] section and a [Peer] section for each peer. Its name is"
                        + " INTERFACE.conf. A line is KEY = VALUE; the rest of a line after # is a comment.");
        page.blank();
        page.paragraph(
                "Keys marked (wg) are all that `wg setconf' reads; `wgj-quick strip' prints them alone. Keys marked"
                        + " (wgj) are those that wg-quick does not have.");
        section(page, Section.INTERFACE, "[Interface]");
        section(page, Section.PEER, "[Peer]");
        return page.text();
    }

    private static void section(Paragraphs page, Section section, String heading) {
        page.blank();
        page.line(heading);
        for (Key key : Key.values()) {
            if (key.section() == section) {
                page.blank();
                page.indented(key.text() + " = " + key.syntax() + owner(key), KEY_INDENT);
                page.indented(key.help() + (key.accumulates() ? " May be repeated." : ""), TEXT_INDENT);
                page.indented("Without it: " + key.absence() + ".", TEXT_INDENT);
                page.line(" ".repeat(TEXT_INDENT) + "Example: " + key.text() + " = " + key.example());
            }
        }
    }

    private static String owner(Key key) {
        return switch (key.owner()) {
            case WG -> " (wg)";
            case WG_QUICK -> "";
            case WGJ -> " (wgj)";
        };
    }
}
