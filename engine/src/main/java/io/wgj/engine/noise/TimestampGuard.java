// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.noise;

import java.util.Arrays;

/// Remembers the greatest timestamp of a peer's initiations: an initiation whose timestamp is not greater is
/// a replay (whitepaper section 5.1). It lives as long as the peer, through restarts of the interface.
public final class TimestampGuard {
    private byte[] greatest = new byte[Tai64n.LENGTH];

    /// Whether `timestamp`, 12 bytes, is greater than all before; changes nothing.
    public boolean isNewer(byte[] timestamp) {
        return Arrays.compareUnsigned(timestamp, greatest) > 0;
    }

    /// Remembers `timestamp`, which is newer.
    public void accept(byte[] timestamp) {
        greatest = timestamp.clone();
    }
}
