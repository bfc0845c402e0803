// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.allowed;

import org.jspecify.annotations.Nullable;

/// Longest-prefix look-up of both address families in one immutable snapshot, without locks or allocation.
///
/// Publish it through a volatile field. [AllowedIpsTable#snapshot()] makes the next one.
///
/// @param <P> the owner of prefixes, compared by identity
public final class AllowedIps<P> {
    private final Ranges4<P> ranges4;
    private final Ranges6<P> ranges6;

    AllowedIps(Ranges4<P> ranges4, Ranges6<P> ranges6) {
        this.ranges4 = ranges4;
        this.ranges6 = ranges6;
    }

    /// A snapshot without prefixes.
    public static <P> AllowedIps<P> empty() {
        return new AllowedIpsTable<P>().snapshot();
    }

    /// The peer with the longest prefix that covers an IPv4 address; null when there is none.
    ///
    /// @param address its four bytes, the first one highest
    public @Nullable P find4(int address) {
        return ranges4.find(address);
    }

    /// The peer with the longest prefix that covers an IPv6 address; null when there is none.
    ///
    /// @param high its first eight bytes, the first one highest
    /// @param low the other eight
    public @Nullable P find6(long high, long low) {
        return ranges6.find(high, low);
    }
}
