// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

/// Why a packet or message was dropped. `wgj engine --stats` prints the names.
public enum Drop {
    /// TX: no IPv4 or IPv6 packet, or a header cut short.
    TX_MALFORMED,
    /// TX: no peer's allowed IPs cover the destination.
    TX_NO_PEER,
    /// TX: the peer's endpoint is not known.
    TX_NO_ENDPOINT,
    /// TX: staged for a handshake and pushed out by newer packets, of this peer or of others.
    TX_STAGED_OVERFLOW,
    /// TX: staged for a handshake that failed, or for a peer that was removed.
    TX_STAGED_GIVEN_UP,
    /// TX: the socket refused it.
    TX_SEND_FAILED,
    /// RX: a length that no message has, or an unknown type.
    RX_MALFORMED,
    /// RX: a data message with an unknown receiver index.
    RX_UNKNOWN_INDEX,
    /// RX: a data message of a session past its time or its counter.
    RX_EXPIRED,
    /// RX: the tag does not verify.
    RX_BAD_TAG,
    /// RX: the counter was seen before, or is behind the window.
    RX_REPLAY,
    /// RX: the plaintext is no IP packet, or its length field says more than arrived.
    RX_BAD_INNER_PACKET,
    /// RX: the inner source address belongs to another peer, or to none.
    RX_DISALLOWED_INNER_SOURCE,
    /// RX: the datagram came from outside the peer's, or every peer's, `AllowedSources`.
    RX_DISALLOWED_SOURCE,
    /// Handshakes: the queue was full.
    HANDSHAKE_QUEUE_FULL,
    /// Handshakes: this device has no private key, or is down.
    HANDSHAKE_NO_IDENTITY,
    /// Handshakes: mac1 is wrong: not meant for this device.
    HANDSHAKE_BAD_MAC1,
    /// Handshakes: under load, answered by a cookie reply.
    HANDSHAKE_COOKIE_DEMANDED,
    /// Handshakes: under load, more than 20 a second from one address.
    HANDSHAKE_RATE_LIMITED,
    /// Handshakes: an authenticator does not verify, or a Diffie-Hellman result is zero.
    HANDSHAKE_BAD_AUTHENTICATOR,
    /// Handshakes: no peer has the initiator's key.
    HANDSHAKE_UNKNOWN_PEER,
    /// Handshakes: the initiation's timestamp is not newer than the last one.
    HANDSHAKE_REPLAY,
    /// Handshakes: less than 20 ms after the same peer's last initiation.
    HANDSHAKE_FLOOD,
    /// Handshakes: a response or cookie reply without a matching handshake.
    HANDSHAKE_UNEXPECTED
}
