// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import io.wgj.cli.Main;

/// The one run whose loaded classes become the ahead-of-time cache of the short commands.
final class Training {
    private Training() {}

    public static void main(String[] args) throws Exception {
        Main.main(new String[] {"wgj", "wgj", "genkey"});
        Main.main(new String[] {"wgj", "wgj", "pubkey"});
    }
}
