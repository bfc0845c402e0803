// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import java.util.Collection;

/// Addresses that datagrams may come from: a peer's `AllowedSources`, or the union of all peers'. Immutable.
/// It is checked for each datagram by comparing plain numbers one after the other, since such lists are
/// short.
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
            boolean ipv6 = prefix.family() == IpFamily.V6;
            IpAddress mask = (ipv6 ? IpAddress.ofV6(-1, -1) : IpAddress.ofV4(-1)).masked(prefix.length());
            v6[i] = ipv6;
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
