// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness.sim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a simulation is to contain. The options of the prototype's `sim.py`.
///
/// @param loss       the weather
/// @param steadyLoss the chance that a message is lost in [Loss#STEADY]
/// @param traffic    one kind of traffic, or null for a random one in each life
/// @param keepalives the intervals of both ends, or null for random ones
/// @param events     what may happen, each as likely as often as it is named; empty: nothing happens
/// @param calm       the mean time between events beyond 600 s, in seconds
/// @param minimum    the least length of an outage in seconds
/// @param stalls     the chance that a sampler stops at a sample, for 3 to 300 s
record Scenario(
        double days,
        int seed,
        Loss loss,
        double steadyLoss,
        @Nullable TrafficKind traffic,
        @Nullable Keepalives keepalives,
        List<Event> events,
        double calm,
        int minimum,
        double stalls) {
    enum Loss {
        NONE,
        STEADY,
        MIXED
    }

    /// What happens to the network or an end.
    enum Event {
        CUT_BOTH_WAYS,
        CUT_A_TO_B,
        CUT_B_TO_A,
        A_CANNOT_SEND,
        B_RESTARTS,
        A_RESTARTS,
        B_FREEZES,
        A_SLEEPS,
        A_ROAMS,
        CLOCK_STEPS
    }

    record Keepalives(int a, int b) {}

    private static final List<Event> ALL = List.of(
            Event.CUT_BOTH_WAYS,
            Event.CUT_BOTH_WAYS,
            Event.CUT_A_TO_B,
            Event.CUT_B_TO_A,
            Event.A_CANNOT_SEND,
            Event.B_RESTARTS,
            Event.A_RESTARTS,
            Event.B_FREEZES,
            Event.A_SLEEPS,
            Event.A_ROAMS,
            Event.CLOCK_STEPS);

    /// A mixture of everything.
    static Scenario mixture(double days, int seed) {
        return new Scenario(days, seed, Loss.MIXED, 0, null, null, ALL, 7200, 0, 2e-5);
    }

    /// Steady loss and no outage: each `down` would be wrong.
    static Scenario onlyLoss(double days, int seed, double loss) {
        return new Scenario(days, seed, Loss.STEADY, loss, null, null, List.of(), 7200, 0, 2e-5);
    }

    /// Long outages of these kinds without loss, for detection times.
    static Scenario outages(double days, int seed, TrafficKind traffic, Keepalives keepalives, List<Event> events) {
        return new Scenario(days, seed, Loss.NONE, 0, traffic, keepalives, events, 1800, 700, 0);
    }
}
