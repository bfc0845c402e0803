// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.DeviceException;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpAddress;
import java.time.Instant;
import java.util.Optional;

/// How often an engine dropped something for one reason, and what the latest drop was about.
///
/// @param reason a name of [io.wgj.engine.core.Drop] in lower case, as in the statistics
/// @param count how often, since the engine's start
/// @param last when it was last looked at, at most a second before the latest drop; empty when only the count is
///     known
/// @param peer the peer that it belongs to, or the key that its sender claims to have
/// @param address of an inner packet for `tx_no_peer` and `rx_disallowed_inner_source`, otherwise of the sender
/// @param port the sender's port; 0 when it is unknown
public record DropReport(
        String reason,
        long count,
        Optional<Instant> last,
        Optional<PublicKey> peer,
        Optional<IpAddress> address,
        int port) {
    Words words() {
        Words words = new Words()
                .with("reason", reason)
                .with("count", count)
                .with("last_ms", last.map(Instant::toEpochMilli))
                .with("public_key", peer)
                .with("address", address);
        return port == 0 ? words : words.with("port", port);
    }

    static DropReport of(Words words) throws DeviceException {
        long last = words.number("last_ms");
        return new DropReport(
                words.word("reason").orElse(""),
                words.number("count"),
                last == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(last)),
                words.key("public_key"),
                words.address("address"),
                (int) Math.min(0xffff, words.number("port")));
    }
}
