// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.DeviceException;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import java.util.Locale;
import java.util.Optional;

/// Something that happened in wgj's own engine, as its stream of events reports it.
///
/// @param bootNanos when, by CLOCK_BOOTTIME
/// @param peer the peer; for [Kind#DROPPED] the key that a sender claims to have
/// @param endpoint where the peer is, or where a dropped message came from
/// @param before for [Kind#ENDPOINT_MOVED], where the peer was
/// @param detail a word that [Kind] explains; empty without one
public record EngineEvent(
        Kind kind,
        long bootNanos,
        Optional<PublicKey> peer,
        Optional<Endpoint.Numeric> endpoint,
        Optional<Endpoint.Numeric> before,
        String detail) {
    /// What happened.
    public enum Kind {
        /// An initiation was sent.
        INITIATION_SENT,
        /// An initiation of the peer came in and is answered.
        INITIATION_RECEIVED,
        /// The response to an initiation came in.
        RESPONSE_RECEIVED,
        /// Both sides have a session. Detail: `initiator` or `responder`, this side's part.
        COMPLETED,
        /// Data was sent, and nothing has come back for 15 seconds: the engine calls again.
        UNANSWERED,
        /// No response came for as long as the engine tries. Detail: how often it has tried.
        GIVEN_UP,
        /// No handshake has renewed the sessions in time, and they are forgotten.
        KEYS_FORGOTTEN,
        /// The peer's datagrams come from another endpoint.
        ENDPOINT_MOVED,
        /// A packet or message was dropped; at most one a second for each reason. Detail: the reason, as in the
        /// statistics.
        DROPPED,
        /// The network or this host refused datagrams to an endpoint. Detail: `icmp-TYPE-CODE` or `errno-NUMBER`.
        NETWORK_ERROR,
        /// Events are missing here, because there were too many. Detail: how many.
        LOST;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// An event without a peer and an endpoint.
    static EngineEvent of(Kind kind, long bootNanos, String detail) {
        return new EngineEvent(kind, bootNanos, Optional.empty(), Optional.empty(), Optional.empty(), detail);
    }

    /// The event as one line, without its end.
    String line() {
        Words words = new Words()
                .with("event", kind.word())
                .with("boot_ns", bootNanos)
                .with("public_key", peer)
                .with("endpoint", endpoint)
                .with("before", before);
        return (detail.isEmpty() ? words : words.with("detail", detail)).text();
    }

    /// Reads a line; empty for a kind that a newer engine knows.
    ///
    /// @throws DeviceException (`EPROTO`) for a malformed line
    static Optional<EngineEvent> parse(String line) throws DeviceException {
        Words words = Words.parse(line);
        String word = words.word("event").orElse("");
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(word)) {
                return Optional.of(new EngineEvent(
                        kind,
                        words.number("boot_ns"),
                        words.key("public_key"),
                        words.endpoint("endpoint"),
                        words.endpoint("before"),
                        words.word("detail").orElse("")));
            }
        }
        if (word.isEmpty()) {
            throw UapiErrors.malformed("a line is no event");
        }
        return Optional.empty();
    }
}
