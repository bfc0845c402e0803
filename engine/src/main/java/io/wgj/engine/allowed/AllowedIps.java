// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.allowed;

import org.jspecify.annotations.Nullable;

/// The seam alone, until the tries come.
public final class AllowedIps<P> {
    /// The peer of the longest prefix that covers `address`.
    public @Nullable P find4(int address) {
        return null;
    }

    /// The same for IPv6.
    public @Nullable P find6(long high, long low) {
        return null;
    }
}
