// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.model;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import java.time.Instant;
import java.util.Optional;

/// Something that happened. Has no secret: every text has its keys hidden before it becomes part of an event.
/// Text is bytes, one a char (see [io.wgj.config.text.Latin1]), without control characters.
///
/// @param number counts the events of one monitor process, from 1
/// @param time of the wall clock
/// @param iface empty when the event concerns none in particular
/// @param peer empty when the event concerns the whole interface
/// @param name of the peer, from the configuration file
/// @param reason one line of text
public record MonitorEvent(
        long number,
        Instant time,
        EventKind kind,
        Optional<DeviceName> iface,
        Optional<PublicKey> peer,
        Optional<String> name,
        String reason) {}
