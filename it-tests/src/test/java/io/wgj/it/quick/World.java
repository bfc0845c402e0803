// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import io.wgj.it.Command;
import io.wgj.it.Product;
import io.wgj.it.Reference;
import java.nio.file.Path;
import java.time.Duration;

/// Where a script runs: namespaces of its own for network, mounts and processes, made and furnished by
/// `grounds/world`, which also has the words that scripts use (`tunnel`, `quick`, `state`). All that the script
/// leaves ends with it.
final class World {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private World() {}

    /// The beginning of a script whose userspace devices, the far end's too, are in our own engine. No
    /// implementation is named to `wgj-quick`, and `wireguard-go` is another name for `wgj-engine`. `root` is the
    /// checkout.
    static String onOurEngine() {
        return """
                unset WG_QUICK_USERSPACE_IMPLEMENTATION
                root='%s'
                rm -f bin/wireguard-go
                printf '#!/bin/sh\nexec "%%s/wgj-engine" "$@"\n' "$root" >bin/wireguard-go
                chmod 755 bin/wireguard-go
                """.formatted(Product.root());
    }

    /// Runs `script` with the tool's commands in `PATH`. That it fails by itself is an error: a command whose
    /// failure is wanted is run by `quick`.
    static Transcript run(Tool tool, String script) {
        return run(tool, script, PATIENCE);
    }

    /// The same with another limit of time.
    static Transcript run(Tool tool, String script, Duration patience) {
        Path observer = Reference.isThere() ? Reference.folder() : Product.links();
        return Transcript.of(Command.of(
                        Product.root().resolve("it-tests/grounds/world"),
                        tool.folder().toString(),
                        observer.toString(),
                        script)
                .timeout(patience)
                .run()
                .ok()
                .stdout());
    }
}
