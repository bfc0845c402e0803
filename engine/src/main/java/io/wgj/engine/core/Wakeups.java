// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

/// What the threads leave for each other: peers that CONTROL has to look at, and peers whose staged packets
/// TX may send. A wake-up goes out only for a peer that was not waiting yet.
final class Wakeups {
    private final CoreOutput output;
    private final PeerStack requests = new PeerStack();
    private final PeerStack flushes = new PeerStack();

    Wakeups(CoreOutput output) {
        this.output = output;
    }

    /// A timer of `peer` was armed: CONTROL has to know if it means to look later than that.
    void armed(Peer peer, long deadline) {
        if (deadline < peer.lookAt.get()) {
            request(peer);
        }
    }

    /// CONTROL shall look at `peer` now.
    void request(Peer peer) {
        if (requests.push(peer.inRequests)) {
            output.wakeControl();
        }
    }

    /// A handshake is due that is no retry, unless a handshake message went out within the last five
    /// seconds.
    void wantHandshake(Peer peer, long now) {
        peer.timers.attemptsStartAgain();
        if (now - peer.lastHandshakeSent >= PeerTimers.REKEY_TIMEOUT) {
            peer.wantsHandshake = true;
            request(peer);
        }
    }

    /// TX may send what is staged for `peer`.
    void flush(Peer peer) {
        if (flushes.push(peer.inFlushes)) {
            output.wakeTx();
        }
    }

    /// What is staged for `peer` may go, where there is a session; else a handshake is wanted.
    void flushOrWantHandshake(Peer peer, long now) {
        Keypair session = peer.current();
        if (session != null && session.maySend(now)) {
            flush(peer);
        } else {
            wantHandshake(peer, now);
        }
    }

    PeerStack requests() {
        return requests;
    }

    PeerStack flushes() {
        return flushes;
    }
}
