// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.Invocation;
import io.wgj.cli.host.Host;

/// Whether a command prints in colours.
public final class Colours {
    private Colours() {}

    /// `WG_COLOR_MODE` decides when it says `always` or `never`. Under our own name `NO_COLOR`
    /// (no-color.org), `CLICOLOR_FORCE`, `CLICOLOR=0` (bixense.com/clicolors) and `TERM=dumb` come next. Else
    /// colours are for terminals.
    public static boolean wanted(Invocation invocation) {
        Host host = invocation.host();
        String mode = host.env("WG_COLOR_MODE");
        if ("always".equals(mode)) {
            return true;
        }
        if ("never".equals(mode)) {
            return false;
        }
        if (invocation.extended()) {
            if (isSet(host, "NO_COLOR")) {
                return false;
            }
            if (isSet(host, "CLICOLOR_FORCE") && !"0".equals(host.env("CLICOLOR_FORCE"))) {
                return true;
            }
            if ("0".equals(host.env("CLICOLOR")) || "dumb".equals(host.env("TERM"))) {
                return false;
            }
        }
        return host.stdoutIsTerminal();
    }

    private static boolean isSet(Host host, String name) {
        String value = host.env(name);
        return value != null && !value.isEmpty();
    }
}
