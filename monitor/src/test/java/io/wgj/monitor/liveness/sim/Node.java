// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness.sim;

import io.wgj.monitor.liveness.PeerLiveness;
import io.wgj.monitor.liveness.sim.Message.Inner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One end: WireGuard's timers, handshakes and sessions for its only peer, and the machine that watches it.
///
/// The behaviour is the kernel's: five timers, three key slots, the rules of 5, 15, 120, 165 and 180 s, 18
/// retries, passive and persistent keepalives. There are no cookies, replay windows and message counters. Times
/// are seconds.
final class Node {
    /// Bytes on the wire of a ping with its default size, or of its answer.
    static final int PACKET = 128;

    private static final int NOWHERE = -1;

    private record Key(int handshake, double birth, boolean initiator) {}

    private record Staged(int size, int count, Inner inner) {}

    private final Pair pair;
    final String name;
    final int keepalive;
    private final boolean knowsPeer;
    private final Timer retransmit = new Timer(this::retransmit);
    private final Timer passiveKeepalive = new Timer(this::sendPassiveKeepalive);
    private final Timer unanswered = new Timer(() -> call(false));
    private final Timer persistentKeepalive = new Timer(this::sendKeepalive);
    private final List<Timer> timers = List.of(retransmit, passiveKeepalive, unanswered, persistentKeepalive);
    private final Deque<Staged> staged = new ArrayDeque<>();

    /// Where this end can be reached. A new number is a new address.
    int address;

    boolean alive = true;
    double frozenAt;
    double wallOffset;
    long rx;
    long tx;
    double handshakeAt = Double.NaN; // NaN: never
    double handshakeWallOffset;
    int to;

    PeerLiveness machine = new PeerLiveness();
    double stalledUntil;
    double sampledAt;
    double echoedAt;

    private @Nullable Key current;
    private @Nullable Key previous;
    private @Nullable Key next;
    private int pendingHandshake;
    private int newestHandshake;
    private int attempts;
    private double lastCalled;
    private boolean renewedLate;
    private boolean anotherKeepalive;

    Node(Pair pair, String name, int keepalive, boolean knowsPeer) {
        this.pair = pair;
        this.name = name;
        this.keepalive = keepalive;
        this.knowsPeer = knowsPeer;
        renew();
    }

    /// The peer object is made anew.
    void renew() {
        rx = 0;
        tx = 0;
        handshakeAt = Double.NaN;
        dropSessions();
        attempts = 0;
        lastCalled = -99;
        renewedLate = false;
        anotherKeepalive = false;
        staged.clear();
        timers.forEach(Timer::reset);
        to = knowsPeer ? 0 : NOWHERE;
        newestHandshake = -1;
        startPersistentKeepalive();
    }

    void startPersistentKeepalive() {
        if (keepalive > 0) {
            persistentKeepalive.arm(.01);
        }
    }

    void dropSessions() {
        current = null;
        previous = null;
        next = null;
        pendingHandshake = -1;
    }

    /// The host wakes.
    void thaw() {
        alive = true;
        timers.forEach(Timer::thaw);
    }

    /// A deadline, and at most one valid event for it.
    private final class Timer {
        private final Runnable action;
        private double due = Double.NaN; // NaN: not set
        private double queued = Double.NaN; // when its only valid event fires; NaN: none

        Timer(Runnable action) {
            this.action = action;
        }

        void arm(double after) {
            due = pair.now() + after;
            if (Double.isNaN(queued) || queued > due) {
                queue(due);
            }
        }

        void disarm() {
            due = Double.NaN;
        }

        boolean isArmed() {
            return !Double.isNaN(due);
        }

        void reset() {
            due = Double.NaN;
            queued = Double.NaN;
        }

        /// Timers stand still while the host sleeps.
        void thaw() {
            queued = Double.NaN;
            if (isArmed()) {
                arm(Math.max(due - frozenAt, .001));
            }
        }

        private void queue(double at) {
            queued = at;
            pair.at(at, this::fire);
        }

        private void fire() {
            if (queued != pair.now()) {
                return;
            }
            if (!isArmed() || !alive) {
                queued = Double.NaN;
            } else if (due > pair.now()) {
                queue(due);
            } else {
                reset();
                action.run();
            }
        }
    }

    private void sendPassiveKeepalive() {
        sendKeepalive();
        if (anotherKeepalive) {
            anotherKeepalive = false;
            passiveKeepalive.arm(10);
        }
    }

    private void retransmit() {
        if (attempts > 18) {
            passiveKeepalive.disarm();
            staged.clear();
        } else {
            attempts++;
            call(true);
        }
    }

    private double lateness() {
        return pair.random().random() * .333 + pair.slack() * pair.random().random();
    }

    private void anyPacket() {
        if (keepalive > 0) {
            persistentKeepalive.arm(keepalive);
        }
    }

    private void call(boolean retry) {
        if (!retry) {
            attempts = 0;
        }
        double now = pair.now();
        if (now - lastCalled < 5) {
            return;
        }
        lastCalled = now;
        pendingHandshake = pair.newHandshake();
        anyPacket();
        passiveKeepalive.disarm();
        transmit(new Message(Message.Kind.INITIATION, pendingHandshake, 148, 1, Inner.KEEPALIVE));
        retransmit.arm(5 + lateness());
    }

    private void transmit(Message message) {
        if (to == NOWHERE || pair.isMute(this)) {
            return;
        }
        tx += message.bytes();
        pair.carry(this, message);
    }

    private void sendKeepalive() {
        if (staged.isEmpty()) {
            staged.add(new Staged(32, 1, Inner.KEEPALIVE));
        }
        sendStaged();
    }

    void sendData(int size, int count, Inner inner) {
        if (!alive || to == NOWHERE) {
            return;
        }
        staged.add(new Staged(size, count, inner));
        if (staged.size() > 128) {
            staged.remove();
        }
        sendStaged();
    }

    private void sendStaged() {
        Key key = current;
        double now = pair.now();
        if (staged.isEmpty()) {
            return;
        }
        if (key == null || now - key.birth() >= 180) {
            call(false);
            return;
        }
        boolean data = false;
        for (Staged packet : staged) {
            data |= packet.inner().isData();
            transmit(new Message(Message.Kind.DATA, key.handshake(), packet.size(), packet.count(), packet.inner()));
        }
        staged.clear();
        anyPacket();
        passiveKeepalive.disarm();
        if (data && !unanswered.isArmed()) {
            unanswered.arm(15 + lateness());
        }
        if (key.initiator() && now - key.birth() > 120) {
            call(false);
        }
    }

    void receive(Message message, int source) {
        if (!alive) {
            return;
        }
        switch (message.kind()) {
            case INITIATION -> receiveInitiation(message, source);
            case RESPONSE -> receiveResponse(message, source);
            case DATA -> receiveData(message, source);
        }
    }

    private void receiveInitiation(Message message, int source) {
        if (message.handshake() <= newestHandshake) {
            return;
        }
        double now = pair.now();
        newestHandshake = message.handshake();
        to = source;
        lastCalled = now;
        next = new Key(message.handshake(), now, false);
        previous = null;
        anyPacket();
        passiveKeepalive.disarm();
        transmit(new Message(Message.Kind.RESPONSE, message.handshake(), 92, 1, Inner.KEEPALIVE));
        received(message);
    }

    private void receiveResponse(Message message, int source) {
        if (message.handshake() != pendingHandshake) {
            return;
        }
        pendingHandshake = -1;
        to = source;
        previous = next != null ? next : current;
        next = null;
        current = new Key(message.handshake(), pair.now(), true);
        completeHandshake();
        rx += message.bytes();
        sendKeepalive();
        unanswered.disarm();
        anyPacket();
    }

    private void receiveData(Message message, int source) {
        double now = pair.now();
        Key key = keyOf(message.handshake());
        if (key == null || now - key.birth() >= 180) {
            return;
        }
        to = source;
        if (key == next) {
            previous = current;
            current = key;
            next = null;
            completeHandshake();
            sendStaged();
        }
        if (!renewedLate && current != null && current.initiator() && now - current.birth() > 165) {
            renewedLate = true;
            call(false);
        }
        received(message);
        if (message.inner().isData()) {
            if (!passiveKeepalive.isArmed()) {
                passiveKeepalive.arm(10);
            } else {
                anotherKeepalive = true;
            }
            deliver(message.inner());
        }
    }

    private void deliver(Inner inner) {
        switch (inner.type()) {
            case PROBE_ANSWER -> {
                echoedAt = pair.now();
                machine.probeAnswered(Pair.nanos(pair.now()));
            }
            case PROBE -> pair.at(pair.now() + .001, () -> sendData(inner.answer(), 1, Inner.PROBE_ANSWER));
            case TRAFFIC -> {
                if (inner.answer() > 0) {
                    pair.at(pair.now() + .001, () -> sendData(inner.answer(), 1, Inner.traffic(0)));
                }
            }
            case KEEPALIVE -> {}
        }
    }

    private void received(Message message) {
        rx += message.bytes();
        unanswered.disarm();
        anyPacket();
    }

    private @Nullable Key keyOf(int handshake) {
        if (current != null && current.handshake() == handshake) {
            return current;
        }
        if (next != null && next.handshake() == handshake) {
            return next;
        }
        return previous != null && previous.handshake() == handshake ? previous : null;
    }

    private void completeHandshake() {
        retransmit.disarm();
        attempts = 0;
        renewedLate = false;
        handshakeAt = pair.now();
        handshakeWallOffset = wallOffset;
    }
}
