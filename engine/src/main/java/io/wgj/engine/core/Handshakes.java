// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.config.key.PublicKey;
import io.wgj.engine.crypto.Aead;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.crypto.X25519;
import io.wgj.engine.noise.Initiator;
import io.wgj.engine.noise.LocalIdentity;
import io.wgj.engine.noise.MacChecker;
import io.wgj.engine.noise.Messages;
import io.wgj.engine.noise.Responder;
import io.wgj.engine.noise.SessionKeys;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Sends and receives handshake messages, and seals keepalives for CONTROL. Everything here runs under the
/// device's monitor. An invalid message is counted and changes nothing else.
final class Handshakes {
    /// The least time between two accepted initiations of one peer: fifty a second.
    private static final long LEAST_INTERVAL = 20_000_000L;

    private final X25519 x25519;
    private final Aead aead;
    private final Clock clock;
    private final Randomness randomness;
    private final RandomGenerator jitter;
    private final CoreOutput output;
    private final PeerTable peers;
    private final IndexTable indexes;
    private final Flows flows;
    private final Wakeups wakeups;
    private final HandshakeReporter reporter;
    private final CookieGate defence;

    private volatile SessionListener sessions = SessionListener.NONE;
    private TimeFloor floor = TimeFloor.NONE;
    private @Nullable LocalIdentity identity;
    private @Nullable MacChecker checker;
    /// One buffer is enough, because each message is sent at once.
    private final byte[] out = new byte[Messages.INITIATION_LENGTH];

    Handshakes(
            Primitives primitives,
            Clock clock,
            Randomness randomness,
            RandomGenerator jitter,
            CoreOutput output,
            PeerTable peers,
            IndexTable indexes,
            Flows flows,
            Wakeups wakeups,
            HandshakeReporter reporter) {
        x25519 = primitives.x25519();
        aead = primitives.aead().newContext();
        this.clock = clock;
        this.randomness = randomness;
        this.jitter = jitter;
        this.output = output;
        this.peers = peers;
        this.indexes = indexes;
        this.flows = flows;
        this.wakeups = wakeups;
        this.reporter = reporter;
        defence = new CookieGate(aead, randomness, output, reporter, jitter.nextLong());
    }

    /// Sets the device's own key, or removes it with null; zeroes the former one.
    void setIdentity(byte @Nullable [] privateKey) {
        LocalIdentity before = identity;
        MacChecker checkerBefore = checker;
        if (privateKey == null) {
            identity = null;
            checker = null;
            floor.use(null);
        } else {
            LocalIdentity fresh = new LocalIdentity(x25519, privateKey);
            identity = fresh;
            checker = new MacChecker(fresh.publicKey());
            floor.use(fresh.publicKey());
        }
        if (before != null) {
            before.destroy();
        }
        if (checkerBefore != null) {
            checkerBefore.destroy();
        }
    }

    /// The device's public key; null without a private one.
    @Nullable
    PublicKey publicKey() {
        LocalIdentity self = identity;
        return self == null ? null : PublicKey.of(self.publicKey());
    }

    /// Sends an initiation, unless a handshake message went to the peer within the last five seconds or the
    /// peer has no endpoint.
    ///
    /// @param retry whether it repeats one without an answer, so that the count of attempts goes on
    void initiate(Peer peer, long now, boolean retry) {
        if (!retry) {
            peer.timers.attemptsStartAgain();
        }
        UdpFlow flow = peer.flow();
        if (flow == null) {
            reporter.endpointUnknown(peer);
            return;
        }
        if (now - peer.lastHandshakeSent < PeerTimers.REKEY_TIMEOUT) {
            return;
        }
        peer.lastHandshakeSent = now;
        PeerHandshake handshake = peer.handshake;
        handshake.dropPending(indexes);
        LocalIdentity self = identity;
        byte[] staticStatic = self == null ? null : handshake.staticStatic(x25519, self);
        if (self == null || staticStatic == null) {
            return;
        }
        int index = indexes.fresh();
        byte[] timestamp = handshake.timestamps.next(floor.notBefore(clock.wall()));
        Initiator initiator = Initiator.begin(
                aead, x25519, self, handshake.remotePublic, staticStatic, random(32), index, timestamp, out);
        if (initiator == null) {
            return;
        }
        PendingHandshake pending = new PendingHandshake(peer, index, initiator);
        handshake.pending = pending;
        indexes.put(pending);
        handshake.macs.write(out, Messages.INITIATION_LENGTH, now);
        reporter.initiationSent(peer, flow);
        send(peer, flow, Messages.INITIATION_LENGTH, now);
        wakeups.armed(peer, peer.timers.initiationSent(now, jitter.nextLong(PeerTimers.MAX_JITTER)));
    }

    /// Sends an empty data message. Without a session it starts a handshake, which sends one when it
    /// completes.
    void keepalive(Peer peer, long now) {
        Keypair session = peer.current();
        UdpFlow flow = peer.flow();
        if (session == null || !session.maySend(now) || flow == null) {
            initiate(peer, now, false);
            return;
        }
        long counter = session.takeCounters(1);
        Messages.writeDataHeader(out, 0, session.remoteIndex(), counter);
        aead.seal(session.sendKey(), counter, out, 0, 0, out, Messages.DATA_HEADER);
        if (session.isLive()) {
            reporter.keepaliveSent(peer, flow);
            send(peer, flow, Messages.KEEPALIVE_LENGTH, now);
            if (session.wantsSuccessorAfterSending(now)) {
                initiate(peer, now, false);
            }
        }
    }

    /// Handles a message of type 1, 2 or 3 with the right length.
    ///
    /// @param message from its beginning; not kept
    /// @param waiting how many messages wait, this one included
    void receive(byte[] message, int length, UdpFlow arrived, int waiting, long now) {
        UdpFlow from = flows.complete(arrived);
        LocalIdentity self = identity;
        MacChecker macs = checker;
        if (self == null || macs == null) {
            reporter.dropped(Drop.HANDSHAKE_NO_IDENTITY, from, now);
            return;
        }
        boolean underLoad = defence.underLoad(waiting, now);
        int type = Messages.type(message, 0, length);
        if (type == Messages.COOKIE_REPLY) {
            receiveCookie(message, from, now);
            return;
        }
        if (!macs.hasMac1(message, length)) {
            reporter.dropped(Drop.HANDSHAKE_BAD_MAC1, from, now);
            return;
        }
        Drop reason = underLoad ? defence.check(macs, message, length, from, now) : null;
        if (reason != null) {
            refused(reason, message, type, from, now);
            return;
        }
        if (type == Messages.INITIATION) {
            receiveInitiation(self, message, from, now);
        } else {
            receiveResponse(self, message, from, now);
        }
    }

    /// Reports a refused message. The sender of an initiation is not yet known here; a response names the
    /// handshake that it answers.
    private void refused(Drop reason, byte[] message, int type, UdpFlow from, long now) {
        if (type == Messages.RESPONSE
                && indexes.find(Messages.receiver(message, 0)) instanceof PendingHandshake pending) {
            reporter.dropped(reason, pending.peer(), from, now);
        } else {
            reporter.dropped(reason);
        }
    }

    private void receiveInitiation(LocalIdentity self, byte[] message, UdpFlow from, long now) {
        Responder responder = Responder.open(aead, x25519, self, message);
        if (responder == null) {
            reporter.dropped(Drop.HANDSHAKE_BAD_AUTHENTICATOR);
            return;
        }
        try {
            PublicKey key = PublicKey.of(responder.remoteStatic());
            Peer peer = peers.find(key);
            if (peer == null) {
                reporter.dropped(Drop.HANDSHAKE_UNKNOWN_PEER, key, from, now);
                return;
            }
            Drop reason = check(responder, peer, self, message, from, now);
            if (reason == null) {
                takeInitiation(responder, peer, message, from, now);
            } else {
                reporter.dropped(reason, peer, from, now);
            }
        } finally {
            responder.destroy();
        }
    }

    /// Why an initiation is not to be answered; null when it is.
    private @Nullable Drop check(
            Responder responder, Peer peer, LocalIdentity self, byte[] message, UdpFlow from, long now) {
        if (!admits(peer, from)) {
            return Drop.RX_DISALLOWED_SOURCE;
        }
        PeerHandshake handshake = peer.handshake;
        byte[] staticStatic = handshake.staticStatic(x25519, self);
        byte[] timestamp = staticStatic == null ? null : responder.timestamp(aead, staticStatic, message);
        if (timestamp == null) {
            return Drop.HANDSHAKE_BAD_AUTHENTICATOR;
        }
        if (!handshake.guard.isNewer(timestamp)) {
            return Drop.HANDSHAKE_REPLAY;
        }
        if (now - handshake.lastInitiation < LEAST_INTERVAL) {
            return Drop.HANDSHAKE_FLOOD;
        }
        handshake.guard.accept(timestamp);
        handshake.lastInitiation = now;
        return null;
    }

    private void takeInitiation(Responder responder, Peer peer, byte[] message, UdpFlow from, long now) {
        boolean told = reporter.initiationReceived(peer, from, now);
        received(peer, from, Messages.INITIATION_LENGTH, now);
        int index = indexes.fresh();
        int remoteIndex = Messages.sender(message, 0);
        SessionKeys keys =
                responder.respond(aead, x25519, peer.handshake.presharedKey, random(32), index, remoteIndex, out);
        if (keys == null) {
            reporter.dropped(Drop.HANDSHAKE_BAD_AUTHENTICATOR, peer, from, now);
            return;
        }
        peer.lastHandshakeSent = now;
        // An initiation that this device sent at the same time keeps waiting: its response makes a session at
        // once, where both sides would otherwise wait for a retry.
        peer.handshake.macs.write(out, Messages.RESPONSE_LENGTH, now);
        Keypair session = new Keypair(peer, index, remoteIndex, keys, false, now);
        peer.beginAsResponder(session, indexes);
        indexes.put(session);
        wakeups.armed(peer, peer.timers.sessionDerived(now));
        UdpFlow flow = peer.flow();
        UdpFlow to = flow == null ? from : flow;
        if (told) {
            reporter.responseSent(peer, to);
        }
        send(peer, to, Messages.RESPONSE_LENGTH, now);
    }

    private void receiveResponse(LocalIdentity self, byte[] message, UdpFlow from, long now) {
        if (!(indexes.find(Messages.receiver(message, 0)) instanceof PendingHandshake pending)) {
            reporter.dropped(Drop.HANDSHAKE_UNEXPECTED);
            return;
        }
        Peer peer = pending.peer();
        if (!admits(peer, from)) {
            reporter.dropped(Drop.RX_DISALLOWED_SOURCE, peer, from, now);
            return;
        }
        PeerHandshake handshake = peer.handshake;
        SessionKeys keys = pending.initiator().finish(aead, x25519, self, handshake.presharedKey, message);
        if (keys == null) {
            reporter.dropped(Drop.HANDSHAKE_BAD_AUTHENTICATOR, peer, from, now);
            return;
        }
        reporter.responseReceived(peer, from);
        received(peer, from, Messages.RESPONSE_LENGTH, now);
        handshake.pending = null;
        pending.initiator().destroy();
        Keypair session = new Keypair(peer, pending.localIndex(), Messages.sender(message, 0), keys, true, now);
        // The index leads to the session before the peer's slots change, because the sender of the response
        // may be quick.
        indexes.put(session);
        peer.beginAsInitiator(session, indexes);
        wakeups.armed(peer, peer.timers.sessionDerived(now));
        completed(peer, true);
        if (peer.staged.isEmpty()) {
            keepalive(peer, now);
        } else {
            wakeups.flush(peer);
        }
    }

    /// RX for the responder, CONTROL for the initiator: both sides have the session now.
    ///
    /// @param initiator whether this side began the handshake
    void completed(Peer peer, boolean initiator) {
        peer.timers.handshakeComplete();
        peer.latestHandshake = clock.wall();
        SessionListener listener = sessions;
        if (listener.isListening()) {
            listener.completed(peer.publicKey(), peer.flow(), initiator);
        }
    }

    /// Keeps timestamps from going back. Call it before the device has a key.
    void keepAbove(TimeFloor times) {
        floor = times;
    }

    /// Passes new sessions to `listener`.
    void onCompleted(SessionListener listener) {
        sessions = listener;
    }

    private void receiveCookie(byte[] message, UdpFlow from, long now) {
        Peer peer = switch (indexes.find(Messages.receiver(message, 0))) {
            case PendingHandshake pending -> pending.peer();
            case Keypair session -> session.peer();
            case null, default -> null;
        };
        if (peer == null) {
            reporter.dropped(Drop.HANDSHAKE_UNEXPECTED);
        } else if (peer.handshake.macs.consumeReply(aead, message, now)) {
            reporter.cookieReceived(peer, from, now);
        } else {
            reporter.dropped(Drop.HANDSHAKE_BAD_AUTHENTICATOR, peer, from, now);
        }
    }

    private static boolean admits(Peer peer, UdpFlow from) {
        SourceSet sources = peer.allowedSources;
        return sources == null || sources.contains(from.ipv6(), from.remoteHigh(), from.remoteLow());
    }

    /// An authenticated handshake message came in.
    private void received(Peer peer, UdpFlow from, int bytes, long now) {
        UdpFlow flow = peer.flow();
        if (flow == null || !flow.knows(from)) {
            flows.learn(peer, from, now);
        }
        peer.addRx(bytes);
        peer.timers.anyAuthenticatedReceived();
        wakeups.armed(peer, peer.timers.authenticatedTraversal(now));
    }

    /// Sends the buffer's message to a peer, which can check its sender.
    private void send(Peer peer, UdpFlow flow, int length, long now) {
        wakeups.armed(peer, peer.timers.authenticatedTraversal(now));
        peer.timers.anyAuthenticatedSent();
        int outcome = output.send(flow, out, 0, length);
        if (outcome == CoreOutput.SENT_WITHOUT_SOURCE) {
            flows.forgetSource(peer);
        }
        if (outcome <= 0) {
            peer.addTx(length);
        } else {
            reporter.sendFailed(peer, flow, outcome, now);
        }
    }

    private byte[] random(int count) {
        byte[] bytes = new byte[count];
        randomness.fill(bytes);
        return bytes;
    }
}
