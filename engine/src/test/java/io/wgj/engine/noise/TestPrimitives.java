// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.noise;

import io.wgj.engine.crypto.Primitives;
import java.util.ArrayList;
import java.util.List;

/// The libraries that handshake tests run on: all that this machine has.
final class TestPrimitives {
    private TestPrimitives() {}

    static List<Primitives> all() {
        List<Primitives> all = new ArrayList<>();
        for (String name : List.of("jdk", "openssl", "jce")) {
            Primitives primitives = Primitives.choose(null, name);
            if (primitives.aead().name().equals(name)) {
                all.add(primitives);
            }
        }
        all.add(Primitives.portable());
        return all;
    }
}
