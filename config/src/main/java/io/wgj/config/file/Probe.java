// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.net.IpAddress;
import java.time.Duration;

/// An address behind a peer that is asked for an ICMP echo from time to time.
///
/// @param every the time from one request to the next, more than zero
public record Probe(IpAddress address, Duration every) {
    /// Where the file names none.
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);
}
