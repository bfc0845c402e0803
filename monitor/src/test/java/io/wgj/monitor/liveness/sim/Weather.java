// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness.sim;

import io.wgj.monitor.liveness.sim.Message.Inner;
import io.wgj.monitor.liveness.sim.Scenario.Event;

/// Schedules loss, outages, roams, sleeps, steps of the wall clock and new peer objects, for one life of a
/// pair.
final class Weather {
    private static final double[][] LOSSES = {{0, 0}, {0, 0}, {.01, .01}, {.05, 0}, {0, .1}, {.1, .1}, {.3, .3}};
    private static final int[] LENGTHS = {3, 8, 15, 20, 25, 30, 60, 90, 200, 400, 1200, 3600};
    private static final int[] CLOCK_STEPS = {-86400, -3600, -100, 30, 100, 3600};

    private final Pair pair;
    private final Scenario scenario;
    private final PythonRandom random;

    Weather(Pair pair, Scenario scenario) {
        this.pair = pair;
        this.scenario = scenario;
        random = pair.random();
    }

    void start() {
        changeLoss();
        if (!scenario.events().isEmpty()) {
            pair.at(random.exponential(1 / scenario.calm()), this::begin);
        }
    }

    private void changeLoss() {
        switch (scenario.loss()) {
            case NONE -> setLoss(0, 0);
            case STEADY -> setLoss(scenario.steadyLoss(), scenario.steadyLoss());
            case MIXED -> {
                double p = random.uniform(0, .3);
                double q = random.uniform(0, .3);
                int drawn = random.below(LOSSES.length + 1);
                if (drawn < LOSSES.length) {
                    setLoss(LOSSES[drawn][0], LOSSES[drawn][1]);
                } else {
                    setLoss(p, q);
                }
            }
        }
        pair.at(pair.now() + random.exponential(1 / 1200.0), this::changeLoss);
    }

    private void setLoss(double fromA, double fromB) {
        pair.lossFromA = fromA;
        pair.lossFromB = fromB;
    }

    private void begin() {
        pair.observeTruth();
        if (pair.isWorking()) {
            Event event = scenario.events().get(random.below(scenario.events().size()));
            int length = Math.max(random.choice(LENGTHS), scenario.minimum());
            if (begin(event)) {
                pair.at(pair.now() + length, () -> end(event));
            }
        }
        pair.observeTruth();
        pair.at(pair.now() + 600 + random.exponential(1 / scenario.calm()), this::begin);
    }

    /// Returns whether the event has an end.
    private boolean begin(Event event) {
        switch (event) {
            case CUT_BOTH_WAYS -> {
                pair.cutFromA = true;
                pair.cutFromB = true;
            }
            case CUT_A_TO_B -> pair.cutFromA = true;
            case CUT_B_TO_A -> pair.cutFromB = true;
            case A_CANNOT_SEND -> pair.muteA = true;
            case B_RESTARTS, B_FREEZES -> stop(pair.b);
            case A_RESTARTS, A_SLEEPS -> stop(pair.a);
            case A_ROAMS -> {
                pair.a.address++;
                if (pair.a.keepalive == 0 && pair.traffic == TrafficKind.NONE) {
                    pair.a.sendData(96, 1, Inner.traffic(0));
                }
                return false;
            }
            case CLOCK_STEPS -> {
                Node node = random.choice(pair.a, pair.b);
                node.wallOffset += random.choice(CLOCK_STEPS);
                return false;
            }
        }
        return true;
    }

    private void stop(Node node) {
        node.alive = false;
        node.frozenAt = pair.now();
    }

    private void end(Event event) {
        pair.observeTruth();
        switch (event) {
            case CUT_BOTH_WAYS, CUT_A_TO_B, CUT_B_TO_A -> {
                pair.cutFromA = false;
                pair.cutFromB = false;
            }
            case A_CANNOT_SEND -> pair.muteA = false;
            case B_RESTARTS -> restart(pair.b);
            case A_RESTARTS -> restart(pair.a);
            case B_FREEZES -> pair.b.thaw();
            case A_SLEEPS -> {
                pair.a.thaw();
                pair.a.dropSessions();
            }
            case A_ROAMS, CLOCK_STEPS -> throw new IllegalStateException("has no end");
        }
        pair.observeTruth();
    }

    private static void restart(Node node) {
        node.renew();
        node.alive = true;
        node.startPersistentKeepalive();
    }
}
