// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

/// What the programs call themselves.
public final class Version {
    /// The release of wireguard-tools whose behaviour this is, in the line scripts look for.
    public static final String ORIGINAL = "wireguard-tools v1.0.20260223 - https://git.zx2c4.com/wireguard-tools/";

    private Version() {}
}
