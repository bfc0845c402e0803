// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.engine.allowed.AllowedIps;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The configuration of a [DeviceCore], and what a change of it does to running sessions, handshakes and
/// timers. [EngineDevice] changes it. Its monitor is the device's monitor: a thread that changes several
/// things that belong together holds it, and so does CONTROL. TX and RX never take it; what they read here is
/// volatile and replaced as a whole.
final class Configuration {
    private final Clock clock;
    private final PeerTable peers;
    private final Handshakes handshakes;
    private final PeerControl control;
    private final IndexTable indexes;
    private final Flows flows;
    private final Wakeups wakeups;
    private volatile AllowedIps<Peer> allowedIps = AllowedIps.empty();
    private volatile @Nullable SourceSet anyAllowedSource;
    private volatile boolean up;

    /// @param peers the core's, in which [Handshakes] looks initiators up
    Configuration(
            Clock clock,
            PeerTable peers,
            Handshakes handshakes,
            PeerControl control,
            IndexTable indexes,
            Flows flows,
            Wakeups wakeups) {
        this.clock = clock;
        this.peers = peers;
        this.handshakes = handshakes;
        this.control = control;
        this.indexes = indexes;
        this.flows = flows;
        this.wakeups = wakeups;
    }

    /// Any thread: whether the device is up.
    boolean isUp() {
        return up;
    }

    /// Any thread: the allowed IPs of all peers.
    AllowedIps<Peer> allowedIps() {
        return allowedIps;
    }

    /// Any thread: the addresses that may begin a handshake at all; null for any.
    @Nullable
    SourceSet anyAllowedSource() {
        return anyAllowedSource;
    }

    /// Brings the device up: configured keepalives go out at once.
    synchronized void up() {
        up = true;
        for (Peer peer : peers.all()) {
            startSpeaking(peer);
        }
    }

    /// Takes the device down: every session, handshake, timer and staged packet goes. Peers and configuration
    /// stay.
    synchronized void down() {
        up = false;
        for (Peer peer : peers.all()) {
            control.silence(peer, clock.bootNanos());
        }
    }

    synchronized @Nullable Peer find(PublicKey key) {
        return peers.find(key);
    }

    /// In the order of their creation.
    synchronized Collection<Peer> all() {
        return List.copyOf(peers.all());
    }

    synchronized Peer add(PublicKey key) {
        Peer peer = new Peer(key);
        peers.add(peer);
        return peer;
    }

    synchronized void remove(Peer peer) {
        peers.remove(peer);
        peer.removed = true;
        control.silence(peer, clock.bootNanos());
        peer.handshake.destroy(indexes);
    }

    /// Gives the device another key; null removes it. Sessions receive until they expire and send nothing any
    /// more. Handshakes start again and may do so at once.
    synchronized void setPrivateKey(byte @Nullable [] privateKey) {
        handshakes.setIdentity(privateKey);
        for (Peer peer : peers.all()) {
            peer.handshake.dropPending(indexes);
            peer.handshake.forgetIdentity();
            peer.expireSessions(indexes);
            peer.lastHandshakeSent = clock.bootNanos() - PeerTimers.REKEY_TIMEOUT;
        }
    }

    synchronized @Nullable PublicKey publicKey() {
        return handshakes.publicKey();
    }

    /// @param key 32 bytes, zeros for none; the next handshake uses it
    synchronized void setPresharedKey(Peer peer, byte[] key) {
        System.arraycopy(key, 0, peer.handshake.presharedKey, 0, key.length);
    }

    /// Sets the configured endpoint and forgets the source address.
    synchronized void setEndpoint(Peer peer, UdpFlow flow) {
        peer.setFlow(flows.complete(flow.withoutSource()));
    }

    /// @param seconds 0 for off
    synchronized void setPersistentKeepalive(Peer peer, int seconds) {
        peer.timers.setPersistentKeepalive(seconds * 1_000_000_000L);
    }

    /// Sets the addresses that the peer may send from; null for any. Call [#publishSources()] afterwards.
    synchronized void setAllowedSources(Peer peer, @Nullable Collection<IpPrefix> sources) {
        peer.allowedSources = sources == null ? null : new SourceSet(sources);
        peer.allowedSourceList = sources == null ? null : List.copyOf(sources);
    }

    /// Publishes the union of all peers' sources, against which handshakes are checked before any
    /// cryptography.
    synchronized void publishSources() {
        Set<IpPrefix> union = new LinkedHashSet<>();
        boolean restricted = !peers.all().isEmpty();
        for (Peer peer : peers.all()) {
            List<IpPrefix> sources = peer.allowedSourceList;
            if (sources == null) {
                restricted = false;
                break;
            }
            union.addAll(sources);
        }
        anyAllowedSource = restricted ? new SourceSet(union) : null;
    }

    /// Sets the local address of all datagrams of a family (`Underlay = src`). Null leaves it to the kernel
    /// and to the address that datagrams arrive at. Acts on all flows at once.
    synchronized void setUnderlaySource(IpFamily family, @Nullable IpAddress source) {
        flows.setSource(family, source);
        forgetSources();
    }

    /// Forgets the learnt local addresses, which are stale after the sockets or their mark have changed.
    synchronized void forgetSources() {
        for (Peer peer : peers.all()) {
            flows.forgetSource(peer);
        }
    }

    /// Runs `action` each time a source is learnt from a datagram.
    void onSourceLearnt(Runnable action) {
        flows.onLearnt(action);
    }

    synchronized void publishAllowedIps(AllowedIps<Peer> snapshot) {
        allowedIps = snapshot;
    }

    /// Acts on a peer that was added or changed while the device is up.
    ///
    /// @param keepalive whether to send one at once, because it was switched on just now
    synchronized void changed(Peer peer, boolean keepalive) {
        if (!up || peer.removed) {
            return;
        }
        if (keepalive) {
            startSpeaking(peer);
        }
        if (!peer.staged.isEmpty()) {
            wakeups.flushOrWantHandshake(peer, clock.bootNanos());
        }
    }

    private void startSpeaking(Peer peer) {
        if (peer.timers.persistentKeepalive() != 0) {
            long now = clock.bootNanos();
            handshakes.keepalive(peer, now);
            wakeups.armed(peer, peer.timers.persistentKeepaliveDone(now));
        }
    }
}
