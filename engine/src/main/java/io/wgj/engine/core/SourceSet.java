// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import java.util.Collection;

/// Addresses that datagrams may come from: a peer's `AllowedSources`, or the union of all peers'.
/// Immutable; asked per datagram, so it looks at plain numbers one after the other (such lists are short).
final class SourceSet {
    private final boolean[] v6;
    private final long[] high;
    private final long[] low;
    private final long[] highMask;
    private final long[] lowMask;

    SourceSet(Collection<IpPrefix> prefixes) {
        int count = prefixes.size();
        v6 = new boolean[count];
        high = new long[count];
        low = new long[count];
        highMask = new long[count];
        lowMask = new long[count];
        int i = 0;
        for (IpPrefix prefix : prefixes) {
            IpAddress address = prefix.masked().address();
            IpAddress mask = new IpAddress(address.v6(), address.v6() ? -1 : 0, address.v6() ? -1 : 0xffff_ffffL)
                    .masked(prefix.length());
            v6[i] = address.v6();
            high[i] = address.high();
            low[i] = address.low();
            highMask[i] = mask.high();
            lowMask[i] = mask.low();
            i++;
        }
    }

    /// Whether the address, in the form of [UdpFlow], lies in one of the prefixes.
    boolean contains(boolean ipv6, long addressHigh, long addressLow) {
        for (int i = 0; i < v6.length; i++) {
            if (v6[i] == ipv6 && (addressHigh & highMask[i]) == high[i] && (addressLow & lowMask[i]) == low[i]) {
                return true;
            }
        }
        return false;
    }
}
