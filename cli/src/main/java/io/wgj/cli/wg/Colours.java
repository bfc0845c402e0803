// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.Invocation;

/// Whether `show` prints in colours.
final class Colours {
    private Colours() {}

    /// `WG_COLOR_MODE` decides when it says `always` or `never`; under our own name `NO_COLOR` (no-color.org) and
    /// `CLICOLOR_FORCE` (bixense.com/clicolors) come next; else colours are for terminals.
    static boolean wanted(Invocation invocation) {
        String mode = invocation.host().env("WG_COLOR_MODE");
        if ("always".equals(mode)) {
            return true;
        }
        if ("never".equals(mode)) {
            return false;
        }
        if (invocation.extended()) {
            if (isSet(invocation, "NO_COLOR")) {
                return false;
            }
            if (isSet(invocation, "CLICOLOR_FORCE")
                    && !"0".equals(invocation.host().env("CLICOLOR_FORCE"))) {
                return true;
            }
        }
        return invocation.host().stdoutIsTerminal();
    }

    private static boolean isSet(Invocation invocation, String name) {
        String value = invocation.host().env(name);
        return value != null && !value.isEmpty();
    }
}
