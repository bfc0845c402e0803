// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

/// What the threads leave for each other: peers that CONTROL has to look at, and peers whose staged packets
/// TX may send. A thread is woken only for a peer that was not waiting yet.
final class Wakeups {
    private final CoreOutput output;
    private final PeerStack requests = new PeerStack();
    private final PeerStack flushes = new PeerStack();

    Wakeups(CoreOutput output) {
        this.output = output;
    }

    /// A timer of `peer` was armed: informs CONTROL if its next look is later.
    void armed(Peer peer, long deadline) {
        if (deadline < peer.lookAt.get()) {
            request(peer);
        }
    }

    /// Asks CONTROL to look at `peer` now.
    void request(Peer peer) {
        if (requests.push(peer.inRequests)) {
            output.wakeControl();
        }
    }

    /// Asks for a handshake that is not a retry, unless a handshake message went out within the last five
    /// seconds.
    void wantHandshake(Peer peer, long now) {
        peer.timers.attemptsStartAgain();
        if (now - peer.lastHandshakeSent >= PeerTimers.REKEY_TIMEOUT) {
            peer.wantsHandshake = true;
            request(peer);
        }
    }

    /// Lets TX send what is staged for `peer`.
    void flush(Peer peer) {
        if (flushes.push(peer.inFlushes)) {
            output.wakeTx();
        }
    }

    /// Lets TX send what is staged for `peer` when there is a session; otherwise asks for a handshake.
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
