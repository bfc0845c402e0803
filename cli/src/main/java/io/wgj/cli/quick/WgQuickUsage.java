// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.Paragraphs;
import io.wgj.config.file.Key;

/// The usage text of the program `wg-quick`. Its first line is what scripts and people compare; the sentences are
/// ours.
final class WgQuickUsage {
    private WgQuickUsage() {}

    /// The whole text.
    static String of(Invocation invocation) {
        Paragraphs text = new Paragraphs(invocation.host().columns());
        text.line("Usage: " + invocation.program() + " [ up | down | save | strip ] [ CONFIG_FILE | INTERFACE ]");
        text.blank();
        text.indented(
                "CONFIG_FILE is the path of a configuration file. Its name is that of the interface, and `.conf'."
                        + " INTERFACE, a name alone, stands for /etc/wireguard/INTERFACE.conf.",
                2);
        text.blank();
        text.indented(
                "Such a file is what `wg setconf' reads, and its [Interface] section may have these keys too:", 2);
        text.blank();
        for (Key key : Key.values()) {
            if (key.owner() == Key.Owner.WG_QUICK) {
                text.hanging("  - " + key.text() + ": ", key.help() + (key.accumulates() ? " May be repeated." : ""));
            }
        }
        text.blank();
        text.line("More is in the manual, wg-quick(8), which also has examples.");
        return text.text();
    }
}
