// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.config.key.PublicKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Counts dropped handshake messages, and reports events to a [HandshakeListener], if there is one. Guarded
/// by the device's monitor.
///
/// Events of the device's own timers are reported as they happen. Events that the network can cause are
/// limited, so that a flood fills no disk: a peer's initiations to one in three seconds (an honest peer waits
/// five), dropped messages of peers to one in five seconds, of strangers to one in ten. Of drops, only those
/// that a wrong configuration can cause are reported.
final class HandshakeReporter {
    private static final long SECOND = 1_000_000_000L;
    private static final long BETWEEN_INITIATIONS = 3 * SECOND;

    private final HandshakeListener listener;
    private final boolean enabled;
    private final DropCounters drops;
    private final Pace ofPeers = new Pace(5 * SECOND, 1);
    private final Pace ofStrangers = new Pace(10 * SECOND, 1);
    private final Pace ofLoad = new Pace(10 * SECOND, 2);

    HandshakeReporter(HandshakeListener listener, DropCounters drops) {
        this.listener = listener;
        enabled = listener != HandshakeListener.NONE;
        this.drops = drops;
    }

    void initiationSent(Peer peer, UdpFlow to) {
        if (enabled) {
            listener.happened(new HandshakeEvent.InitiationSent(peer.publicKey(), to.endpoint()));
        }
    }

    /// @return whether it was reported, so that the response should be, too
    boolean initiationReceived(Peer peer, UdpFlow from, long now) {
        if (!enabled || now - peer.handshake.initiationReported < BETWEEN_INITIATIONS) {
            return false;
        }
        peer.handshake.initiationReported = now;
        listener.happened(new HandshakeEvent.InitiationReceived(peer.publicKey(), from.endpoint()));
        return true;
    }

    void responseSent(Peer peer, UdpFlow to) {
        if (enabled) {
            listener.happened(new HandshakeEvent.ResponseSent(peer.publicKey(), to.endpoint()));
        }
    }

    /// There is at most one for each initiation sent.
    void responseReceived(Peer peer, UdpFlow from) {
        if (enabled) {
            listener.happened(new HandshakeEvent.ResponseReceived(peer.publicKey(), from.endpoint()));
        }
    }

    /// There is at most one for each message sent, and the peer may cause any number of those.
    void cookieReceived(Peer peer, UdpFlow from, long now) {
        if (enabled && ofPeers.allows(now)) {
            listener.happened(new HandshakeEvent.CookieReceived(peer.publicKey(), from.endpoint()));
        }
    }

    void keepaliveSent(Peer peer, UdpFlow to) {
        if (enabled) {
            listener.happened(new HandshakeEvent.KeepaliveSent(peer.publicKey(), to.endpoint()));
        }
    }

    void endpointUnknown(Peer peer) {
        if (enabled) {
            listener.happened(new HandshakeEvent.EndpointUnknown(peer.publicKey()));
        }
    }

    void retried(Peer peer, int attempt) {
        if (enabled) {
            listener.happened(new HandshakeEvent.Retried(peer.publicKey(), attempt));
        }
    }

    void givenUp(Peer peer, int attempts) {
        if (enabled) {
            listener.happened(new HandshakeEvent.GivenUp(peer.publicKey(), attempts));
        }
    }

    void unanswered(Peer peer) {
        if (enabled) {
            listener.happened(new HandshakeEvent.Unanswered(peer.publicKey()));
        }
    }

    void keysForgotten(Peer peer) {
        if (enabled) {
            listener.happened(new HandshakeEvent.KeysForgotten(peer.publicKey()));
        }
    }

    /// @param errno of the socket
    void sendFailed(Peer peer, UdpFlow to, int errno, long now) {
        if (enabled && ofPeers.allows(now)) {
            listener.happened(new HandshakeEvent.SendFailed(peer.publicKey(), to.endpoint(), errno));
        }
    }

    /// Limited, because few messages at the right moment are enough to change the state.
    void load(boolean high, long now) {
        if (enabled && ofLoad.allows(now)) {
            listener.happened(new HandshakeEvent.Load(high));
        }
    }

    /// Counts a dropped message that is not worth a log line: only an attacker sends such messages, or there
    /// are too many of them.
    void dropped(Drop reason) {
        drops.count(reason);
    }

    /// Reports a dropped message of an unknown sender.
    void dropped(Drop reason, UdpFlow from, long now) {
        dropped(ofStrangers, reason, null, from, now);
    }

    /// Reports a dropped message whose sender claims to have `key`, which is no peer's.
    void dropped(Drop reason, PublicKey key, UdpFlow from, long now) {
        dropped(ofStrangers, reason, key, from, now);
    }

    /// Reports a dropped message of a peer, or one that answers a message to that peer.
    void dropped(Drop reason, Peer peer, UdpFlow from, long now) {
        dropped(ofPeers, reason, peer.publicKey(), from, now);
    }

    private void dropped(Pace pace, Drop reason, @Nullable PublicKey key, UdpFlow from, long now) {
        drops.count(reason);
        drops.note(reason, key, from.ipv6(), from.remoteHigh(), from.remoteLow(), from.port());
        if (!enabled) {
            return;
        }
        if (!pace.allows(now)) {
            pace.leftOut++;
            return;
        }
        listener.happened(new HandshakeEvent.Dropped(Optional.ofNullable(key), from.endpoint(), reason, pace.leftOut));
        pace.leftOut = 0;
    }

    /// Allows a burst of events, then one in each interval.
    private static final class Pace {
        private final long interval;
        private final long most;
        /// The time that may be spent; each event costs an interval.
        private long saved;
        private long last;
        /// How many drops were not reported since the last report.
        private long leftOut;

        Pace(long interval, int burst) {
            this.interval = interval;
            most = interval * burst;
            saved = most;
        }

        boolean allows(long now) {
            saved = Math.min(most, saved + now - last);
            last = now;
            if (saved < interval) {
                return false;
            }
            saved -= interval;
            return true;
        }
    }
}
