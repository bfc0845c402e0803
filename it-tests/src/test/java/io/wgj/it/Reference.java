// SPDX-License-Identifier: Apache-2.0
package io.wgj.it;

import java.nio.file.Path;
import java.time.Duration;
import org.opentest4j.TestAbortedException;

/// The original tools, of the version that `grounds/reference-tools` asserts. The system property `wgj.reference`
/// names their folder, or is `none`; without it that script is run, which may download them.
public final class Reference {
    private static final Path NONE = Path.of("none");

    private Reference() {}

    /// Whether there is one to compare with. On the day that Debian's sid has moved on there is none, and what the
    /// tables expect, proved on the original before, has to do.
    public static boolean isThere() {
        return !Holder.FOLDER.equals(NONE);
    }

    /// The folder with `wg`, `wg-quick` and `wireguard-go`. Ends the test as skipped when there is none.
    public static Path folder() {
        if (!isThere()) {
            throw new TestAbortedException("the original is not to be had: see grounds/reference-tools");
        }
        return Holder.FOLDER;
    }

    public static Command wg(String... words) {
        return Command.of(folder().resolve("wg"), words);
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
