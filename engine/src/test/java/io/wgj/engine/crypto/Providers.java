// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import java.util.ArrayList;
import java.util.List;

/// The providers of this machine, for tests that put the same questions to each.
final class Providers {
    private Providers() {}

    static List<AeadProvider> here() {
        List<AeadProvider> providers = new ArrayList<>();
        if (JdkInternals.PROBLEM == null) {
            providers.add(JdkAead.PROVIDER);
        }
        OpenSslAead.provider().ifPresent(providers::add);
        providers.add(JceAead.PROVIDER);
        return providers;
    }
}
