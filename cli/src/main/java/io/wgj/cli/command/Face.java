// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

/// Which program the caller believes to have called: the name of the link says so.
public enum Face {
    /// The original and nothing else.
    WG,
    /// The words of [#WG], and our own beside them.
    WGJ,
    /// The original of the other kind.
    WG_QUICK,
    /// The words of [#WG_QUICK], and our own.
    WGJ_QUICK;

    /// The face of a program called `name`, without a folder; any other name is [#WGJ].
    public static Face of(String name) {
        return switch (name) {
            case "wg" -> WG;
            case "wg-quick" -> WG_QUICK;
            case "wgj-quick" -> WGJ_QUICK;
            default -> WGJ;
        };
    }
}
