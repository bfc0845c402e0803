// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import org.jspecify.annotations.Nullable;

/// What CONTROL does for a peer when its time has come or somebody asked: the five timers' expiries. Under
/// the device's monitor.
final class PeerControl {
    private final Handshakes handshakes;
    private final StagingStore staging;
    private final IndexTable indexes;
    private final Flows flows;
    private final HandshakeReporter reporter;
    private final DeadlineHeap deadlines = new DeadlineHeap();

    PeerControl(Handshakes handshakes, StagingStore staging, IndexTable indexes, Flows flows, HandshakeReporter reporter) {
        this.handshakes = handshakes;
        this.staging = staging;
        this.indexes = indexes;
        this.flows = flows;
        this.reporter = reporter;
    }

    /// When the next peer has to be looked at; [PeerTimers#NEVER] for none.
    long next() {
        return deadlines.next();
    }

    /// A peer whose time has come.
    @Nullable
    Peer due(long now) {
        return deadlines.due(now);
    }

    /// Does what the peer's timers and requests say, and notes when to look again.
    ///
    /// @param up whether the device speaks at all
    void lookAt(Peer peer, long now, boolean up) {
        PeerTimers timers = peer.timers;
        // From here on whoever arms a timer tells us, until we have seen all five.
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
        // First: after a suspend everything has expired at once, and the handshake begun below must stay.
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

    /// Nothing of the peer stays but its configuration: no session, handshake, timer or staged packet.
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
