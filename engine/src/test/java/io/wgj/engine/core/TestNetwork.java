// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.engine.noise.Messages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/// Datagrams between nodes, visible to the test: with a delay, and with as much loss, reordering and
/// duplication as requested. It also drives time: from one event, a datagram's arrival or a node's deadline,
/// to the next.
final class TestNetwork {
    /// A datagram as an eavesdropper sees it; two are never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record Datagram(long time, UdpFlow from, UdpFlow to, byte[] data) {
        int type() {
            return Messages.type(data, 0, data.length);
        }
    }

    private record InFlight(long arrives, long order, Datagram datagram) {}

    final TestClock clock = new TestClock();
    final List<Datagram> seen = new ArrayList<>();
    long delay = TestClock.MILLI;
    double loss;
    double duplication;
    /// Added to a datagram's delay at random.
    long reordering;
    private final Random random;
    private final Map<Long, TestNode> nodes = new HashMap<>();
    private final PriorityQueue<InFlight> wire =
            new PriorityQueue<>(Comparator.comparingLong(InFlight::arrives).thenComparingLong(InFlight::order));
    private long order;

    TestNetwork(long seed) {
        random = new Random(seed);
    }

    /// Makes datagrams to this IPv4 address reach `node`.
    void connect(TestNode node, long address) {
        nodes.values().remove(node);
        nodes.put(address, node);
    }

    void send(UdpFlow from, UdpFlow to, byte[] data) {
        Datagram datagram = new Datagram(clock.bootNanos(), from, to, data);
        seen.add(datagram);
        if (random.nextDouble() >= loss) {
            put(datagram);
        }
        if (random.nextDouble() < duplication) {
            put(datagram);
        }
    }

    /// Delivers a datagram that no node has sent, or one that was sent before.
    void inject(Datagram datagram) {
        put(datagram);
    }

    private void put(Datagram datagram) {
        long extra = reordering == 0 ? 0 : random.nextLong(reordering);
        wire.add(new InFlight(clock.bootNanos() + delay + extra, order++, datagram));
    }

    /// Runs for so long.
    void run(long nanos) {
        long end = clock.bootNanos() + nanos;
        while (true) {
            nodes.values().forEach(TestNode::work);
            long next = wire.isEmpty() ? Long.MAX_VALUE : wire.peek().arrives();
            for (TestNode node : nodes.values()) {
                next = Math.min(next, node.nextDeadline());
            }
            if (next > end) {
                clock.setTo(end);
                return;
            }
            clock.setTo(next);
            while (!wire.isEmpty() && wire.peek().arrives() <= clock.bootNanos()) {
                Datagram datagram = wire.remove().datagram();
                TestNode node = nodes.get(datagram.to().remoteLow());
                if (node != null) {
                    node.arrive(datagram);
                }
            }
        }
    }

    /// The datagrams of one type so far.
    List<Datagram> seen(int type) {
        return seen.stream().filter(datagram -> datagram.type() == type).toList();
    }

    long count(int type) {
        return seen.stream().filter(datagram -> datagram.type() == type).count();
    }
}
