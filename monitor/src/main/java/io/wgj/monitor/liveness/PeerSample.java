// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

import io.wgj.config.net.Endpoint;
import org.jspecify.annotations.Nullable;

/// What a device said of one peer at one moment.
///
/// @param nanos           when it was read, in nanoseconds of CLOCK_BOOTTIME, which goes on while the host
///                        sleeps
/// @param rxBytes         received bytes, of authenticated messages only
/// @param txBytes         sent bytes
/// @param latestHandshake the time of the latest completed handshake, in nanoseconds since 1970 of the wall
///                        clock; 0 for never. It is compared with the one before and nothing else, but for the
///                        first sample
/// @param endpoint        where the peer was last seen, or where it was set to; null for neither
/// @param keepalive       the persistent keepalive interval in seconds; 0 for none
public record PeerSample(
        long nanos,
        long rxBytes,
        long txBytes,
        long latestHandshake,
        @Nullable Endpoint endpoint,
        int keepalive) {}
