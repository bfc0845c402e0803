// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A peer's counters under a fake clock, and the machine that watches them. Each step is a sample.
final class FakePeer {
    static final int INITIATION = 148;
    static final int RESPONSE = 92;
    static final int KEEPALIVE = 32;
    static final int PING = 128;

    private static final long EPOCH = 1_800_000_000L * Timing.SECOND;

    final PeerLiveness machine = new PeerLiveness();
    private long nanos = 1000 * Timing.SECOND;
    private long wallOffset;
    private long rx;
    private long tx;
    private long handshake;
    private int keepalive;
    private @Nullable Endpoint endpoint = endpoint(51820);
    private boolean changed;

    static Endpoint endpoint(int port) {
        return new Endpoint.Numeric(IpAddress.parse("192.0.2.1").orElseThrow(), port);
    }

    static long nanos(double seconds) {
        return Math.round(seconds * Timing.SECOND);
    }

    /// The first sample of a peer that never had a handshake. WireGuard called it ten times before.
    static FakePeer idle() {
        return new FakePeer().withTraffic(0, 10 * INITIATION).step(0);
    }

    /// A peer that is up since a handshake of its own calls, one second before.
    static FakePeer up() {
        return idle().call().handshake();
    }

    /// A peer with such a keepalive that is up.
    static FakePeer up(int keepalive) {
        FakePeer peer = new FakePeer();
        peer.keepalive = keepalive;
        return peer.step(0).call().handshake();
    }

    /// A peer that is up and answers pings.
    static FakePeer pinging() {
        FakePeer peer = up();
        for (int i = 0; i < 20; i++) {
            peer.ping();
        }
        return peer;
    }

    static FakePeer connecting() {
        return idle().call();
    }

    /// A peer that was up, and unheard for longer than a session lasts.
    static FakePeer quiet() {
        return up().wait(200);
    }

    static FakePeer stale() {
        return pinging().unanswered(20);
    }

    static FakePeer down() {
        return pinging().unanswered(40);
    }

    static FakePeer in(PeerState state) {
        FakePeer peer = switch (state) {
            case IDLE -> idle();
            case CONNECTING -> connecting();
            case UP -> pinging();
            case QUIET -> quiet();
            case STALE -> stale();
            case DOWN -> down();
        };
        if (peer.state() != state) {
            throw new IllegalStateException(peer.state() + ", not " + state);
        }
        return peer;
    }

    /// A sample after so many seconds, with this growth of the counters.
    FakePeer step(double seconds, long received, long sent) {
        nanos += nanos(seconds);
        rx += received;
        tx += sent;
        return sample();
    }

    FakePeer step(double seconds) {
        return step(seconds, 0, 0);
    }

    private FakePeer sample() {
        changed = machine.sample(sampleAfter(0), wallNow());
        return this;
    }

    /// A sample that equals the last one, but for its time.
    PeerSample sampleAfter(long time) {
        return new PeerSample(nanos + time, rx, tx, handshake, endpoint, keepalive);
    }

    /// A sample each second, with nothing new.
    FakePeer wait(int seconds) {
        for (int i = 0; i < seconds; i++) {
            step(1);
        }
        return this;
    }

    FakePeer ping() {
        return step(1, PING, PING);
    }

    /// A call of this host, one second later.
    FakePeer call() {
        return step(1, 0, INITIATION);
    }

    /// A call of the far end and the response to it, one second later.
    FakePeer knock() {
        return step(1, INITIATION, RESPONSE);
    }

    /// The answer to a call, and the keepalive that confirms it, one second later.
    FakePeer handshake() {
        handshake = wallNow() + nanos(.5);
        return step(1, RESPONSE, KEEPALIVE);
    }

    /// A ping each second without an answer, and WireGuard's calls from the 15th second on.
    FakePeer unanswered(int seconds) {
        for (int i = 1; i <= seconds; i++) {
            boolean call = i >= 16 && (i - 16) % 5 == 0;
            step(1, 0, call ? INITIATION : PING);
        }
        return this;
    }

    /// WireGuard's calls, one each 5 s, with no answer: as many as named, and two seconds.
    FakePeer calls(int count) {
        for (int i = 0; i < count; i++) {
            wait(4).call();
        }
        return wait(2);
    }

    /// Calls of the far end, answered by this host, that lead to nothing.
    FakePeer knocks(int count) {
        for (int i = 0; i < count; i++) {
            wait(4).knock();
        }
        return wait(2);
    }

    /// The peer object is new: counters start at 0.
    FakePeer recreated() {
        rx = 0;
        tx = 0;
        handshake = 0;
        return step(1);
    }

    FakePeer withKeepalive(int seconds) {
        keepalive = seconds;
        return this;
    }

    FakePeer withEndpoint(int port) {
        endpoint = endpoint(port);
        return this;
    }

    /// The last handshake completed so long ago, by a right wall clock.
    FakePeer withHandshake(double secondsAgo) {
        handshake = wallNow() - nanos(secondsAgo);
        return this;
    }

    FakePeer withWallClock(double secondsAhead) {
        wallOffset = nanos(secondsAhead);
        return this;
    }

    FakePeer withTraffic(long received, long sent) {
        rx = received;
        tx = sent;
        return this;
    }

    long now() {
        return nanos;
    }

    long wallNow() {
        return EPOCH + nanos + wallOffset;
    }

    PeerState state() {
        return machine.state();
    }

    /// Whether the last sample changed the state.
    boolean changed() {
        return changed;
    }

    Cause cause() {
        return machine.reason().cause();
    }

    double secondsSinceHeard() {
        OptionalLong heard = machine.lastHeardNanos();
        return (nanos - heard.orElseThrow()) / 1e9;
    }
}
