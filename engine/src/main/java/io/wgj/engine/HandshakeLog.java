// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine;

import io.wgj.config.key.PublicKey;
import io.wgj.engine.core.Drop;
import io.wgj.engine.core.HandshakeEvent;
import io.wgj.engine.core.HandshakeEvent.CookieReceived;
import io.wgj.engine.core.HandshakeEvent.Dropped;
import io.wgj.engine.core.HandshakeEvent.EndpointUnknown;
import io.wgj.engine.core.HandshakeEvent.GivenUp;
import io.wgj.engine.core.HandshakeEvent.InitiationReceived;
import io.wgj.engine.core.HandshakeEvent.InitiationSent;
import io.wgj.engine.core.HandshakeEvent.KeepaliveSent;
import io.wgj.engine.core.HandshakeEvent.KeysForgotten;
import io.wgj.engine.core.HandshakeEvent.Load;
import io.wgj.engine.core.HandshakeEvent.ResponseReceived;
import io.wgj.engine.core.HandshakeEvent.ResponseSent;
import io.wgj.engine.core.HandshakeEvent.Retried;
import io.wgj.engine.core.HandshakeEvent.SendFailed;
import io.wgj.engine.core.HandshakeEvent.Unanswered;
import io.wgj.engine.core.HandshakeListener;
import io.wgj.engine.run.EngineLog;
import io.wgj.netlink.sys.Errno;

/// Writes handshake events as log lines. Where wireguard-go has a message for the same event, ours begins
/// with the same words, which people search their logs for. A peer is named as there, by both ends of its
/// key.
final class HandshakeLog {
    private HandshakeLog() {}

    /// A listener that writes to `log` while that is verbose.
    static HandshakeListener listener(EngineLog log) {
        return event -> {
            if (log.isVerbose()) {
                log.verbose(line(event));
            }
        };
    }

    /// The line of an event, without a line end.
    static String line(HandshakeEvent event) {
        return switch (event) {
            case InitiationSent(var peer, var to) -> of(peer) + "Sending handshake initiation to " + to;
            case InitiationReceived(var peer, var from) -> of(peer) + "Received handshake initiation from " + from;
            case ResponseSent(var peer, var to) -> of(peer) + "Sending handshake response to " + to;
            case ResponseReceived(var peer, var from) ->
                of(peer) + "Received handshake response from " + from + ": session established";
            case CookieReceived(var peer, var from) ->
                of(peer) + "Received cookie reply from " + from + ": the next message carries the cookie";
            case KeepaliveSent(var peer, var to) -> of(peer) + "Sending keepalive packet to " + to;
            case SendFailed(var peer, var to, int errno) ->
                of(peer) + "Failed to send to " + to + ": " + new Errno(errno).sentence();
            case EndpointUnknown(var peer) -> of(peer) + "No handshake: the peer has no endpoint";
            case Retried(var peer, int attempt) ->
                of(peer) + "Handshake did not complete after 5 seconds, retrying (try " + attempt + ")";
            case GivenUp(var peer, int attempts) ->
                of(peer) + "Handshake did not complete after " + attempts + " attempts, giving up";
            case Unanswered(var peer) -> of(peer) + "Retrying handshake: nothing has come back for 15 seconds";
            case KeysForgotten(var peer) -> of(peer) + "Removing all keys: no new session for 540 seconds";
            case Dropped(var peer, var from, Drop reason, long leftOut) ->
                peer.map(HandshakeLog::of).orElse("") + "Dropped a handshake message from " + from + ": "
                        + words(reason) + (leftOut == 0 ? "" : " (and " + leftOut + " others since the last line)");
            case Load(boolean high) ->
                high
                        ? "Under load: senders of handshake messages have to prove their addresses by cookies"
                        : "No longer under load: handshake messages need no cookies";
        };
    }

    private static String of(PublicKey peer) {
        String key = peer.toBase64();
        return "peer(" + key.substring(0, 4) + "…" + key.substring(39, 43) + ") - ";
    }

    private static String words(Drop reason) {
        return switch (reason) {
            case HANDSHAKE_NO_IDENTITY -> "this device has no private key";
            case HANDSHAKE_BAD_MAC1 -> "it is not meant for this device's public key";
            case HANDSHAKE_COOKIE_DEMANDED -> "its sender has to prove its address by a cookie first";
            case HANDSHAKE_RATE_LIMITED -> "more than 20 a second come from that address";
            case HANDSHAKE_BAD_AUTHENTICATOR -> "it cannot be verified; keys or preshared keys may differ";
            case HANDSHAKE_UNKNOWN_PEER -> "no peer has this public key";
            case HANDSHAKE_REPLAY -> "it is a replay, or its sender's clock was set back";
            case HANDSHAKE_FLOOD -> "it comes less than 20 ms after the one before";
            case RX_DISALLOWED_SOURCE -> "the peer's allowed sources do not have that address";
            // Not reported as an event.
            default -> reason.toString();
        };
    }
}
