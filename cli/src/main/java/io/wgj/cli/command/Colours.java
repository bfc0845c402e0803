// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

/// Whether `show` prints in colours.
final class Colours {
    private Colours() {}

    /// `WG_COLOR_MODE` decides when it says `always` or `never`; under our own name `NO_COLOR` (no-color.org) and
    /// `CLICOLOR_FORCE` (bixense.com/clicolors) come next; else colours are for terminals.
    static boolean wanted(Call call) {
        String mode = call.host().env("WG_COLOR_MODE");
        if ("always".equals(mode)) {
            return true;
        }
        if ("never".equals(mode)) {
            return false;
        }
        if (call.extended()) {
            if (isSet(call, "NO_COLOR")) {
                return false;
            }
            if (isSet(call, "CLICOLOR_FORCE") && !"0".equals(call.host().env("CLICOLOR_FORCE"))) {
                return true;
            }
        }
        return call.host().stdoutIsTerminal();
    }

    private static boolean isSet(Call call, String name) {
        String value = call.host().env(name);
        return value != null && !value.isEmpty();
    }
}
