// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import org.jspecify.annotations.Nullable;

/// What CONTROL does for a peer whose timer has expired or for which a thread asked. Guarded by the device's
/// monitor.
final class PeerControl {
    private final Handshakes handshakes;
    private final StagingStore staging;
    private final IndexTable indexes;
    private final Flows flows;
    private final HandshakeReporter reporter;
    private final DeadlineHeap deadlines = new DeadlineHeap();

    PeerControl(
            Handshakes handshakes, StagingStore staging, IndexTable indexes, Flows flows, HandshakeReporter reporter) {
        this.handshakes = handshakes;
        this.staging = staging;
        this.indexes = indexes;
        this.flows = flows;
        this.reporter = reporter;
    }

    /// When the next peer is due; [PeerTimers#NEVER] for none.
    long next() {
        return deadlines.next();
    }

    /// A peer that is due.
    @Nullable
    Peer due(long now) {
        return deadlines.due(now);
    }

    /// Handles the peer's timers and requests, and sets when it is due next.
    ///
    /// @param up whether the device is up
    void lookAt(Peer peer, long now, boolean up) {
        PeerTimers timers = peer.timers;
        // A thread that arms a timer from here on puts the peer into the requests, until all five are
        // handled.
        peer.lookAt.set(PeerTimers.NEVER);
        if (!up || peer.removed) {
            peer.wantsHandshake = false;
            timers.stop();
            deadlines.set(peer, PeerTimers.NEVER);
            return;
        }
        expire(peer, timers, now);
        long next = timers.earliest();
        peer.lookAt.set(next);
        deadlines.set(peer, next);
    }

    private void expire(Peer peer, PeerTimers timers, long now) {
        // This comes first: after a suspend all timers have expired at once, and the handshake begun below
        // must stay.
        if (timers.expire(PeerTimers.ZERO_KEYS, now)) {
            reporter.keysForgotten(peer);
            peer.zeroKeys(indexes);
            peer.handshake.dropPending(indexes);
        }
        if (peer.wantsHandshake) {
            peer.wantsHandshake = false;
            handshakes.initiate(peer, now, false);
        }
        if (timers.expire(PeerTimers.RETRANSMIT_HANDSHAKE, now)) {
            if (timers.mayRetryHandshake(now)) {
                reporter.retried(peer, timers.attempt());
                flows.forgetSource(peer);
                handshakes.initiate(peer, now, true);
            } else {
                reporter.givenUp(peer, timers.attempt());
                staging.clear(peer.staged);
            }
        }
        if (timers.expire(PeerTimers.SEND_KEEPALIVE, now)) {
            handshakes.keepalive(peer, now);
            timers.keepaliveSent(now);
        }
        if (timers.expire(PeerTimers.NEW_HANDSHAKE, now)) {
            reporter.unanswered(peer);
            flows.forgetSource(peer);
            handshakes.initiate(peer, now, false);
        }
        if (timers.expire(PeerTimers.PERSISTENT_KEEPALIVE, now)) {
            handshakes.keepalive(peer, now);
            timers.persistentKeepaliveDone(now);
        }
    }

    /// Ends every session, handshake and timer of the peer and drops its staged packets. Its configuration
    /// stays.
    void silence(Peer peer, long now) {
        peer.wantsHandshake = false;
        peer.timers.stop();
        deadlines.set(peer, PeerTimers.NEVER);
        peer.lookAt.set(PeerTimers.NEVER);
        peer.zeroKeys(indexes);
        peer.handshake.dropPending(indexes);
        peer.lastHandshakeSent = now - PeerTimers.REKEY_TIMEOUT;
        staging.clear(peer.staged);
    }
}
