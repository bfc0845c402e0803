// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

/// How many missing answers it takes to call a peer down. It follows the loss of the path, learned from
/// completed handshakes: a living peer is called down with a chance of about 1.1e-7 in one silence at the loss
/// that was learned.
final class Patience {
    /// The chance of a false alarm that is accepted for one silence.
    private static final double DOUBT = 1.1e-7;

    /// The chance that one answer is lost, at least and at most: 35 % loss each way.
    private static final double CALM = 0.20;

    private static final double ROUGH = 0.58;

    /// Patience on a calm path.
    private static final int LEAST = 12;

    /// More patience where no traffic waits for an answer: there WireGuard's own 20 tries are the measure.
    private static final int WITHOUT_TRAFFIC = 6;

    private double loss = CALM;
    private int answers = LEAST;
    private int keepalives;

    Patience() {
        restore(CALM);
    }

    /// A handshake completed in the last of `rounds` rounds. Rises fast, falls slowly.
    void learn(int rounds) {
        double learned = loss;
        for (int failed = 1; failed < rounds; failed++) {
            learned += (ROUGH - learned) / 4;
        }
        restore(learned + (CALM - learned) / 48);
    }

    void restore(double learned) {
        loss = Math.clamp(learned, CALM, ROUGH);
        answers = Math.max(LEAST, independent(loss));
        keepalives = independent(1 - Math.sqrt(1 - loss));
    }

    /// How many independent chances a living peer leaves unused with a probability of DOUBT.
    private static int independent(double lost) {
        return (int) Math.ceil(Math.log(DOUBT) / Math.log(lost));
    }

    double loss() {
        return loss;
    }

    /// N of the specification, 12 to 30.
    int answers() {
        return answers;
    }

    /// N' of the specification.
    int answersWithoutTraffic() {
        return answers + WITHOUT_TRAFFIC;
    }

    /// M of the specification, 8 to 16: a keepalive is lost in one direction only.
    int keepalives() {
        return keepalives;
    }
}
