// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.net.IpAddress;
import java.time.Duration;

/// An address behind a peer that is pinged (ICMP echo) at regular intervals.
///
/// @param every the time from one request to the next, [#SHORTEST_INTERVAL] at least
public record Probe(IpAddress address, Duration every) {
    /// The interval when the file has none.
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);
    /// The least time from one request to the next.
    public static final Duration SHORTEST_INTERVAL = Duration.ofMillis(200);
}
