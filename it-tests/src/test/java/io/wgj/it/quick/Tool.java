// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wgj.it.Product;
import io.wgj.it.Reference;
import java.nio.file.Path;

/// Whose `wg-quick` a script runs.
enum Tool {
    ORIGINAL {
        @Override
        Path folder() {
            return Reference.folder();
        }
    },
    OURS {
        @Override
        Path folder() {
            assumeTrue(Holder.IS_THERE, "the product has no wg-quick yet");
            return Product.links();
        }
    };

    /// The folder in which `wg` and `wg-quick` are this tool's. Aborts the test when the product has none yet.
    abstract Path folder();

    /// Asked once.
    private static final class Holder {
        static final boolean IS_THERE = Product.wgQuick("--help").run().exit() == 0;
    }
}
