// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import java.util.Optional;

/// What became of a handshake, or of the wish for one: what an operator wants to know when a tunnel does
/// not come up. Values without words; a [HandshakeListener] is told.
public sealed interface HandshakeEvent {
    /// An initiation went out.
    record InitiationSent(PublicKey peer, Endpoint.Numeric to) implements HandshakeEvent {}

    /// An initiation of a peer came in and is answered.
    record InitiationReceived(PublicKey peer, Endpoint.Numeric from) implements HandshakeEvent {}

    /// A response went out. Whether it arrived is told by the peer's data.
    record ResponseSent(PublicKey peer, Endpoint.Numeric to) implements HandshakeEvent {}

    /// The response to an initiation of ours came in: there is a session.
    record ResponseReceived(PublicKey peer, Endpoint.Numeric from) implements HandshakeEvent {}

    /// The peer is under load: the next message to it carries the cookie that it wants.
    record CookieReceived(PublicKey peer, Endpoint.Numeric from) implements HandshakeEvent {}

    /// An empty data message went out.
    record KeepaliveSent(PublicKey peer, Endpoint.Numeric to) implements HandshakeEvent {}

    /// The system refused to send a handshake message or a keepalive, of which it was told that it goes out.
    record SendFailed(PublicKey peer, Endpoint.Numeric to, int errno) implements HandshakeEvent {}

    /// A handshake is due, and nobody knows where the peer is.
    record EndpointUnknown(PublicKey peer) implements HandshakeEvent {}

    /// No response came in time; the handshake is tried again.
    ///
    /// @param attempt which one now begins; the first one of all is 1
    record Retried(PublicKey peer, int attempt) implements HandshakeEvent {}

    /// No response came to any of `attempts`: packets that waited for it are dropped.
    record GivenUp(PublicKey peer, int attempts) implements HandshakeEvent {}

    /// Data went out and nothing at all came back: a new handshake is tried.
    record Unanswered(PublicKey peer) implements HandshakeEvent {}

    /// Sessions were forgotten, because no handshake has renewed them.
    record KeysForgotten(PublicKey peer) implements HandshakeEvent {}

    /// A handshake message was dropped.
    ///
    /// @param peer whose it is, or says it is; empty while nobody can know
    /// @param leftOut how many others were since this was last told, of strangers or of peers as this one is
    record Dropped(Optional<PublicKey> peer, Endpoint.Numeric from, Drop reason, long leftOut)
            implements HandshakeEvent {}

    /// So many handshake messages wait that senders have to prove their addresses first; or no more so.
    record Load(boolean high) implements HandshakeEvent {}
}
