// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import java.util.Optional;

/// Something that happened to a handshake, or to a request for one: what an operator wants to know when a
/// tunnel does not come up. Values without words, for a [HandshakeListener].
public sealed interface HandshakeEvent {
    /// An initiation went out.
    record InitiationSent(PublicKey peer, Endpoint.Numeric to) implements HandshakeEvent {}

    /// An initiation of a peer came in and is answered.
    record InitiationReceived(PublicKey peer, Endpoint.Numeric from) implements HandshakeEvent {}

    /// A response went out. The peer's first data will show that it arrived.
    record ResponseSent(PublicKey peer, Endpoint.Numeric to) implements HandshakeEvent {}

    /// The response to an initiation came in: there is a session.
    record ResponseReceived(PublicKey peer, Endpoint.Numeric from) implements HandshakeEvent {}

    /// The peer is under load: the next message to it carries the cookie that it sent.
    record CookieReceived(PublicKey peer, Endpoint.Numeric from) implements HandshakeEvent {}

    /// An empty data message went out.
    record KeepaliveSent(PublicKey peer, Endpoint.Numeric to) implements HandshakeEvent {}

    /// The system refused to send a handshake message or a keepalive whose event was reported before.
    record SendFailed(PublicKey peer, Endpoint.Numeric to, int errno) implements HandshakeEvent {}

    /// A handshake is due, and the peer has no endpoint.
    record EndpointUnknown(PublicKey peer) implements HandshakeEvent {}

    /// No response came in time; the handshake is tried again.
    ///
    /// @param attempt the number of this attempt; the first is 1
    record Retried(PublicKey peer, int attempt) implements HandshakeEvent {}

    /// No response came to any of `attempts`: packets that waited for it are dropped.
    record GivenUp(PublicKey peer, int attempts) implements HandshakeEvent {}

    /// Data went out and nothing came back: a new handshake is tried.
    record Unanswered(PublicKey peer) implements HandshakeEvent {}

    /// Sessions were forgotten, because no handshake has renewed them.
    record KeysForgotten(PublicKey peer) implements HandshakeEvent {}

    /// A handshake message was dropped.
    ///
    /// @param peer the peer that it belongs to, or claims to belong to; empty when that is unknown
    /// @param leftOut how many further drops were not reported since the last one, counted apart for peers
    ///     and strangers
    record Dropped(Optional<PublicKey> peer, Endpoint.Numeric from, Drop reason, long leftOut)
            implements HandshakeEvent {}

    /// The device is under load: senders have to prove their addresses by cookies. Or it is not any more.
    record Load(boolean high) implements HandshakeEvent {}
}
