// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.config.key.PublicKey;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One peer as the I/O threads see it. TX and RX read volatile references and add to counters; who else may
/// touch what is said at each field. CONTROL's share is package-private.
public final class Peer {
    private final PublicKey publicKey;
    final PeerTimers timers = new PeerTimers();
    final PeerStack.Node inRequests = new PeerStack.Node(this);
    final PeerStack.Node inFlushes = new PeerStack.Node(this);
    /// When CONTROL means to look at the timers; whoever arms an earlier one puts the peer into the
    /// requests.
    final AtomicLong lookAt = new AtomicLong(PeerTimers.NEVER);
    /// Whether somebody wants a handshake; CONTROL takes it.
    volatile boolean wantsHandshake;
    /// When the last initiation or response went out; long ago at first. Written by CONTROL.
    volatile long lastHandshakeSent = -PeerTimers.REKEY_TIMEOUT;
    /// How many packets the staging store holds for this peer.
    final AtomicInteger staged = new AtomicInteger();

    /// Slots. All three change together, under the peer's monitor.
    private volatile @Nullable Keypair current;
    private volatile @Nullable Keypair next;
    private volatile @Nullable Keypair previous;
    private volatile @Nullable UdpFlow flow;
    private final AtomicLong txBytes = new AtomicLong();
    private final AtomicLong rxBytes = new AtomicLong();

    Peer(PublicKey publicKey) {
        this.publicKey = publicKey;
    }

    /// Any thread. The peer's name.
    public PublicKey publicKey() {
        return publicKey;
    }

    /// Any thread. Where to send to; null while nobody knows.
    public @Nullable UdpFlow flow() {
        return flow;
    }

    /// Any thread. Bytes of UDP payload sent, handshakes included.
    public long txBytes() {
        return txBytes.get();
    }

    /// Any thread. Bytes of UDP payload received and authenticated, handshakes included.
    public long rxBytes() {
        return rxBytes.get();
    }

    void addTx(long bytes) {
        txBytes.getAndAdd(bytes);
    }

    void addRx(long bytes) {
        rxBytes.getAndAdd(bytes);
    }

    void setFlow(@Nullable UdpFlow newFlow) {
        flow = newFlow;
    }

    @Nullable
    Keypair current() {
        return current;
    }

    @Nullable
    Keypair next() {
        return next;
    }

    @Nullable
    Keypair previous() {
        return previous;
    }
}
