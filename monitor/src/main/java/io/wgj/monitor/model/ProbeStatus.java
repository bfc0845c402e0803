// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.model;

import io.wgj.config.net.IpAddress;
import java.time.Duration;
import java.util.Optional;

/// What the probes of one peer have found.
///
/// @param target the address that is asked
/// @param sent how many probes were sent since the monitor started
/// @param answered how many of them were answered
/// @param loss the share of recent probes without an answer, from 0 to 1
/// @param latest the latest round-trip time; empty before the first answer
/// @param shortest of recent round-trip times
/// @param average of recent round-trip times
/// @param longest of recent round-trip times
public record ProbeStatus(
        IpAddress target,
        long sent,
        long answered,
        double loss,
        Optional<Duration> latest,
        Optional<Duration> shortest,
        Optional<Duration> average,
        Optional<Duration> longest) {}
