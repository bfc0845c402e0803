// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness.sim;

/// Runs a [Scenario]: two WireGuard peers' timers on simulated links, each watched by a machine.
final class Simulation {
    private static final int[] LIVES = {6, 24, 48}; // hours

    private Simulation() {}

    static Outcome run(Scenario scenario) {
        PythonRandom random = new PythonRandom(scenario.seed());
        Outcome outcome = new Outcome();
        double total = 0;
        while (total < scenario.days() * 86400) {
            double length = Math.min(random.choice(LIVES) * 3600.0, scenario.days() * 86400 - total + 600);
            Pair pair = new Pair(scenario, random, outcome);
            new Traffic(pair).start();
            new Weather(pair, scenario).start();
            pair.run(length);
            total += length;
        }
        return outcome;
    }
}
