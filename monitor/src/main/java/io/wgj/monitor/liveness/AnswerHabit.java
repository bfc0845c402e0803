// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

/// Whether the traffic sent to a peer is usually answered within seconds, judged by the last 20 samples with
/// data.
final class AnswerHabit {
    /// How many samples are remembered.
    static final int SAMPLES = 20;

    private static final int ENOUGH = 10;
    /// Of a peer that is new, so few must all be answered.
    private static final int FEW = 5;
    private static final int ALL = (1 << SAMPLES) - 1;

    private int answers; // a bit for each sample, the latest lowest
    private int samples;
    private boolean twoWay;

    void note(boolean answered) {
        answers = (answers << 1 | (answered ? 1 : 0)) & ALL;
        samples = Math.min(samples + 1, SAMPLES);
    }

    /// Decides anew. Within one silence the decision stays as it is.
    void decide() {
        int answered = Integer.bitCount(answers);
        twoWay = samples >= ENOUGH ? 5 * answered >= 4 * samples : samples >= FEW && answered == samples;
    }

    /// Traffic was two-way before an outage, and no answer within it says anything else.
    void keepThroughOutage() {
        if (twoWay) {
            answers = ALL;
            samples = SAMPLES;
        }
    }

    void forget() {
        answers = 0;
        samples = 0;
        twoWay = false;
    }

    /// At least 80 % of the samples with data were answered, or all of five to nine.
    boolean twoWay() {
        return twoWay;
    }
}
