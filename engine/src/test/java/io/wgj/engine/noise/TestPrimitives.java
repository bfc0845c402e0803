// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.noise;

import io.wgj.engine.crypto.Primitives;
import java.util.List;

/// The libraries that handshake tests run on.
final class TestPrimitives {
    private TestPrimitives() {}

    static List<Primitives> all() {
        return List.of(Primitives.portable());
    }
}
