// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness.sim;

import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.monitor.liveness.Cause;
import io.wgj.monitor.liveness.PeerLiveness;
import io.wgj.monitor.liveness.PeerSample;
import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.liveness.Reason;
import io.wgj.monitor.liveness.Verdict;
import io.wgj.monitor.liveness.sim.Outcome.Mistake;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Two ends, the links between them, and the events to come, in seconds of simulated time.
final class Pair {
    private static final int[] DELAYS = {10, 50, 200, 600}; // ms each way, and below what comes on top at random
    private static final int[] SPREADS = {2, 20, 100, 300};
    private static final Scenario.Keepalives[] KEEPALIVES = {
        new Scenario.Keepalives(25, 25),
        new Scenario.Keepalives(25, 0),
        new Scenario.Keepalives(0, 25),
        new Scenario.Keepalives(0, 0),
        new Scenario.Keepalives(25, 25)
    };
    private static final TrafficKind[] TRAFFIC = {
        TrafficKind.PING,
        TrafficKind.NONE,
        TrafficKind.ONE_WAY,
        TrafficKind.BROWSE,
        TrafficKind.BOTH,
        TrafficKind.SLOW_PING,
        TrafficKind.BULK,
        TrafficKind.PROBE_5,
        TrafficKind.PROBE
    };
    private static final long EPOCH = 1_000_000_000; // of the wall clock, when the simulation starts

    private static final IpAddress OUTSIDE = IpAddress.parse("192.0.2.1").orElseThrow();

    private record Due(double time, long number, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Double.compare(time, other.time);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final PythonRandom random;
    private final Scenario scenario;
    private final Outcome outcome;
    private final PriorityQueue<Due> events = new PriorityQueue<>();
    private final double slack;
    private final double delay;
    private final double spread;
    private double now;
    private long scheduled;
    private int handshakes;

    final TrafficKind traffic;
    final String label;
    final Node a;
    final Node b;
    double lossFromA;
    double lossFromB;
    boolean cutFromA;
    boolean cutFromB;
    boolean muteA;

    private boolean working = true;
    private double since;
    private @Nullable Outage outageOfA;
    private @Nullable Outage outageOfB;

    /// What one machine makes of an outage.
    private static final class Outage {
        final boolean wasUp;
        double found = Double.NaN;

        Outage(Node node) {
            wasUp = node.machine.state() == PeerState.UP;
        }
    }

    Pair(Scenario scenario, PythonRandom random, Outcome outcome) {
        this.scenario = scenario;
        this.random = random;
        this.outcome = outcome;
        slack = random.choice(new double[] {0, .26, .51, .64});
        int distance = random.below(DELAYS.length);
        delay = DELAYS[distance] / 1000.0;
        spread = SPREADS[distance] / 1000.0;
        Scenario.Keepalives drawn = random.choice(KEEPALIVES);
        Scenario.Keepalives keepalives = scenario.keepalives() != null ? scenario.keepalives() : drawn;
        traffic = scenario.traffic() != null ? scenario.traffic() : random.choice(TRAFFIC);
        a = new Node(this, "a", keepalives.a(), true);
        b = new Node(this, "b", keepalives.b(), random.random() < .5);
        label = traffic + " " + keepalives.a() + "/" + keepalives.b();
    }

    void run(double length) {
        at(.5, () -> sample(a));
        at(.7, () -> sample(b));
        for (Due due = events.poll(); due != null && due.time() <= length; due = events.poll()) {
            now = due.time();
            due.action().run();
        }
    }

    double now() {
        return now;
    }

    static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }

    PythonRandom random() {
        return random;
    }

    /// How late a timer may be.
    double slack() {
        return slack;
    }

    void at(double time, Runnable action) {
        events.add(new Due(time, ++scheduled, action));
    }

    int newHandshake() {
        return ++handshakes;
    }

    boolean isMute(Node node) {
        return muteA && node == a;
    }

    Node peerOf(Node node) {
        return node == a ? b : a;
    }

    boolean isWorking() {
        return working;
    }

    /// Puts a message on its way, or loses it.
    void carry(Node sender, Message message) {
        boolean fromA = sender == a;
        if (fromA ? cutFromA : cutFromB) {
            return;
        }
        double loss = fromA ? lossFromA : lossFromB;
        Message arriving = message;
        if (message.count() > 1) {
            int count = 0;
            for (int i = 0; i < message.count(); i++) {
                if (random.random() >= loss) {
                    count++;
                }
            }
            if (count == 0) {
                return;
            }
            arriving = message.some(count);
        } else if (loss > 0 && random.random() < loss) {
            return;
        }
        Node receiver = peerOf(sender);
        if (!receiver.alive || sender.to != receiver.address) {
            return;
        }
        Message sent = arriving;
        int source = sender.address;
        at(now + delay + random.random() * spread, () -> receiver.receive(sent, source));
    }

    /// Notes whether the tunnel works, right before and after anything that may change that.
    void observeTruth() {
        boolean works =
                a.alive && b.alive && !cutFromA && !cutFromB && !muteA && a.to == b.address && b.to == a.address;
        if (works == working) {
            return;
        }
        working = works;
        since = now;
        if (!works) {
            outageOfA = new Outage(a);
            outageOfB = new Outage(b);
        } else {
            end(a, outageOfA);
            end(b, outageOfB);
            outageOfA = null;
            outageOfB = null;
        }
    }

    private void end(Node node, @Nullable Outage outage) {
        if (outage != null && outage.wasUp) {
            outcome.outage(label, node.name, outage.found);
        }
    }

    private void sample(Node node) {
        PeerLiveness machine = node.machine;
        at(now + machine.intervalNanos() / 1e9 + random.random() * .05, () -> sample(node));
        if (!node.alive || now < node.stalledUntil) {
            return;
        }
        if (random.random() < scenario.stalls()) {
            node.stalledUntil = now + random.choice(new int[] {3, 10, 60, 300});
        }
        observeTruth();
        double before = node.sampledAt;
        node.sampledAt = now;
        Verdict verdict = machine.verdict();
        boolean changed = machine.sample(sampleOf(node), wall(now, node.wallOffset));
        outcome.sampled();
        if (changed) {
            outcome.transition(machine.state());
            switch (machine.state()) {
                case DOWN -> becameDown(node);
                case UP -> becameUp(node, verdict, before);
                case IDLE, CONNECTING, QUIET, STALE -> {}
            }
        }
    }

    private void becameDown(Node node) {
        double age = now - since;
        Outage outage = node == a ? outageOfA : outageOfB;
        if (working) {
            outcome.wrong(age > 12 ? Mistake.FALSE_DOWN : Mistake.LATE_DOWN, describe(node, age));
        } else if (outage != null && Double.isNaN(outage.found)) {
            outage.found = age;
        }
    }

    private void becameUp(Node node, Verdict verdict, double sampledBefore) {
        double age = now - since;
        if (!working && age > 2 * (delay + spread) + 2.5) {
            Mistake mistake = verdict == Verdict.DOWN ? Mistake.FALSE_UP : Mistake.FALSE_UP_SHOWN;
            outcome.wrong(mistake, describe(node, age));
        }
        Reason reason = node.machine.reason();
        boolean justNow = reason.moment().equals(OptionalLong.of(nanos(now)));
        if (reason.cause() == Cause.HANDSHAKE && justNow && now - sampledBefore < 5.1) {
            outcome.upAfter(now - node.handshakeAt);
        }
    }

    private String describe(Node node, double age) {
        return "%s, end %s, at %.0f s, %.1f s after the last change: %s, loss learned %.2f; loss %.2f from a, %.2f from b"
                .formatted(
                        label,
                        node.name,
                        now,
                        age,
                        node.machine.reason(),
                        node.machine.lossLearned(),
                        lossFromA,
                        lossFromB);
    }

    private PeerSample sampleOf(Node node) {
        boolean never = Double.isNaN(node.handshakeAt);
        long handshake = never ? 0 : wall(node.handshakeAt, node.handshakeWallOffset);
        Endpoint endpoint = node.to < 0 ? null : new Endpoint.Numeric(OUTSIDE, 1 + node.to);
        return new PeerSample(nanos(now), node.rx, node.tx, handshake, endpoint, node.keepalive);
    }

    private static long wall(double seconds, double offset) {
        return nanos(seconds) + nanos(offset) + EPOCH * 1_000_000_000L;
    }
}
