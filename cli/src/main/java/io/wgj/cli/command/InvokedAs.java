// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

/// Which program the caller asked for. The launcher's name says so.
public enum InvokedAs {
    /// The original `wg`, and nothing else.
    WG,
    /// The commands of [#WG], and our own.
    WGJ,
    /// The original `wg-quick`, and nothing else.
    WG_QUICK,
    /// The commands of [#WG_QUICK], and our own.
    WGJ_QUICK;

    /// The program called `name`, without a folder; any unknown name is [#WGJ].
    public static InvokedAs of(String name) {
        return switch (name) {
            case "wg" -> WG;
            case "wg-quick" -> WG_QUICK;
            case "wgj-quick" -> WGJ_QUICK;
            default -> WGJ;
        };
    }
}
