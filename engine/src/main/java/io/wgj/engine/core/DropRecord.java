// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpAddress;
import org.jspecify.annotations.Nullable;

/// What the latest drop for one reason was about.
///
/// @param nanos when, by CLOCK_BOOTTIME
/// @param peer the peer that it belongs to, or the key that its sender claims to have; null when unknown
/// @param address the address that caused it: of an inner packet for [Drop#TX_NO_PEER] and
///     [Drop#RX_DISALLOWED_INNER_SOURCE], otherwise the sender's; null when there is none
/// @param port the sender's port; 0 for an inner packet, and when it was not kept
public record DropRecord(
        Drop reason,
        long nanos,
        @Nullable PublicKey peer,
        @Nullable IpAddress address,
        int port) {}
