// SPDX-License-Identifier: Apache-2.0
package io.wgj.it;

import java.nio.file.Path;
import java.time.Duration;

/// The original tools, of the version that `grounds/reference-tools` asserts. The system property `wgj.reference` names
/// their folder; without it that script is run, which may download them.
public final class Reference {
    private Reference() {}

    /// The folder with `wg`, `wg-quick` and `wireguard-go`.
    public static Path folder() {
        return Holder.FOLDER;
    }

    public static Command wg(String... words) {
        return Command.of(folder().resolve("wg"), words);
    }

    public static Command wgQuick(String... words) {
        return Command.of(folder().resolve("wg-quick"), words);
    }

    private static final class Holder {
        private static final Path FOLDER = find();

        private static Path find() {
            String property = System.getProperty("wgj.reference");
            if (property != null) {
                return Path.of(property);
            }
            Ran ran = Command.of(Product.root().resolve("it-tests/grounds/reference-tools"))
                    .timeout(Duration.ofMinutes(2))
                    .run()
                    .ok();
            return Path.of(ran.stdout().strip());
        }
    }
}
