// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

import java.util.Optional;

/// The engine of this build.
public final class Engines {
    private Engines() {}

    /// Empty in a build without one: `wgj engine` says so then, and wgj-quick does not offer it.
    public static Optional<EngineFactory> own() {
        return Optional.empty();
    }
}
