// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness.sim;

import io.wgj.monitor.liveness.sim.Message.Inner;

/// Schedules what the inner hosts send, for one life of a pair.
final class Traffic {
    private static final int FULL = 1452; // a packet as large as the MTU of 1420

    private final Pair pair;
    private final PythonRandom random;
    private double probeSentAt;

    Traffic(Pair pair) {
        this.pair = pair;
        random = pair.random();
    }

    void start() {
        Node a = pair.a;
        Node b = pair.b;
        switch (pair.traffic) {
            case PING -> every(a, 1, Node.PACKET, 1, Node.PACKET, .02);
            case SLOW_PING -> every(a, 10, Node.PACKET, 1, Node.PACKET, .2);
            case PROBE_5 -> every(a, 5, Node.PACKET, 1, Node.PACKET, .02);
            case PROBE -> pair.at(1, this::probe);
            case ONE_WAY -> every(a, 1, 144, 1, 0, .02);
            case BOTH -> {
                every(a, .5, 208, 1, 0, .02);
                every(b, .5, 208, 1, 0, .02);
            }
            case BULK -> every(a, 1, FULL, 20, 96, .02);
            case BROWSE -> pair.at(1, () -> burst(5, a));
            case NONE -> {
                if (a.keepalive == 0) {
                    pair.at(5, () -> a.sendData(96, 1, Inner.traffic(0)));
                }
            }
        }
    }

    private void every(Node node, double gap, int size, int count, int answer, double jitter) {
        pair.at(pair.now() + 1 + random.random(), () -> repeat(node, gap, size, count, answer, jitter));
    }

    private void repeat(Node node, double gap, int size, int count, int answer, double jitter) {
        node.sendData(size, count, Inner.traffic(answer));
        double next = pair.now() + gap * (1 + random.uniform(-jitter, jitter));
        pair.at(next, () -> repeat(node, gap, size, count, answer, jitter));
    }

    private void probe() {
        if (probeSentAt <= pair.a.echoedAt) {
            probeSentAt = pair.now();
            pair.a.sendData(Node.PACKET, 1, Inner.PROBE);
            pair.at(pair.now() + 2, this::hurry);
        }
        pair.at(pair.now() + 5, this::probe);
    }

    private void hurry() {
        if (probeSentAt > pair.a.echoedAt) {
            pair.a.sendData(Node.PACKET, 1, Inner.PROBE);
            pair.at(pair.now() + 1, this::hurry);
        }
    }

    private void burst(int left, Node node) {
        int size = random.choice(new int[] {80, 96, 176, 640});
        int answer = random.choice(new int[] {96, FULL, 0});
        node.sendData(size, 1, Inner.traffic(answer));
        if (left > 0) {
            pair.at(pair.now() + random.exponential(2), () -> burst(left - 1, node));
        } else {
            double next = pair.now() + random.exponential(1 / 90.0);
            int packets = (int) random.exponential(1 / 20.0);
            Node talker = random.choice(pair.a, pair.a, pair.b);
            pair.at(next, () -> burst(packets, talker));
        }
    }
}
