// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import io.wgj.it.Command;
import io.wgj.it.Product;
import io.wgj.it.Reference;
import java.nio.file.Path;

/// Programs that are a WireGuard interface. Each takes `-f NAME` and stays in the foreground.
enum Software {
    /// `wgj engine`, as built.
    OURS,
    /// The same on a TUN that another program opened, without a virtio-net header.
    HANDED_OVER,
    /// This machine's `wireguard-go`: with Debian 12 that of 2022, which knows no offloads.
    RELEASES,
    /// sid's, with all offloads. Skips its test where there is none.
    SIDS;

    Command inForeground(String name) {
        return switch (this) {
            case OURS -> Product.wgj("engine", "-f", name);
            case HANDED_OVER -> TunStarter.command(name).env("TUN_STARTER_HEADER", "0");
            case RELEASES -> Command.of("/usr/bin/wireguard-go", "-f", name);
            case SIDS -> Command.of(sids(), "-f", name);
        };
    }

    private static Path sids() {
        return Reference.folder().resolve("wireguard-go");
    }
}
