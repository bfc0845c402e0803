// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.config.key.PublicKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Counts what is dropped of handshakes, and tells a [HandshakeListener] what becomes of them, if there is
/// one. What we do by our own timers is told as it happens. What others can make happen is told so seldom
/// that a flood of it fills no disk: a peer's initiations every three seconds (an honest one takes five
/// between two), dropped messages of peers every five seconds, of strangers every ten, and of those only
/// what a mistake in somebody's configuration brings about. Under the device's monitor.
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

    /// @return whether it was told, so that the response should be, too
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

    /// At most one for each initiation sent.
    void responseReceived(Peer peer, UdpFlow from) {
        if (enabled) {
            listener.happened(new HandshakeEvent.ResponseReceived(peer.publicKey(), from.endpoint()));
        }
    }

    /// One for each message of ours at most, and so as often as a peer makes us answer.
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

    /// @param errno the socket's reason
    void sendFailed(Peer peer, UdpFlow to, int errno, long now) {
        if (enabled && ofPeers.allows(now)) {
            listener.happened(new HandshakeEvent.SendFailed(peer.publicKey(), to.endpoint(), errno));
        }
    }

    /// A few messages in the wrong moment are enough for it to change.
    void load(boolean high, long now) {
        if (enabled && ofLoad.allows(now)) {
            listener.happened(new HandshakeEvent.Load(high));
        }
    }

    /// A message was dropped that nobody would look for in a log: whoever sends such means no good, or there
    /// are too many of them.
    void dropped(Drop reason) {
        drops.count(reason);
    }

    /// A message of nobody, as far as is known, was dropped.
    void dropped(Drop reason, UdpFlow from, long now) {
        dropped(ofStrangers, reason, null, from, now);
    }

    /// A message was dropped whose sender says that it has `key`, which is no peer's.
    void dropped(Drop reason, PublicKey key, UdpFlow from, long now) {
        dropped(ofStrangers, reason, key, from, now);
    }

    /// A message that a peer has made, or that answers one to it, was dropped.
    void dropped(Drop reason, Peer peer, UdpFlow from, long now) {
        dropped(ofPeers, reason, peer.publicKey(), from, now);
    }

    private void dropped(Pace pace, Drop reason, @Nullable PublicKey key, UdpFlow from, long now) {
        drops.count(reason);
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

    /// So many at once, and one more an interval.
    private static final class Pace {
        private final long interval;
        private final long most;
        /// Time to be spent, an interval on each.
        private long saved;
        private long last;
        /// How many dropped messages were not told since one was.
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
