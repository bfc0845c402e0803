// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.packages;

import java.util.Locale;

/// The releases of Debian that the package is for.
enum Suite {
    BOOKWORM,
    TRIXIE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
