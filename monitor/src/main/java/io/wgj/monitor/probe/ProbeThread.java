// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.probe;

import io.wgj.config.file.Probe;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.monitor.model.EventKind;
import io.wgj.monitor.model.MonitorContext;
import io.wgj.monitor.model.PeerId;
import io.wgj.monitor.model.ProbeStatus;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// The thread that sends all probes and receives their answers.
///
/// Each probe has a random identifier and a random token in its requests, so that answers to other programs do
/// not count, and neither does a guess.
final class ProbeThread {
    private static final int IDENTIFIERS = 0x10000;
    private static final long MILLIS_TO_END = 1_000;

    private final EchoPort port;
    private final MonitorContext monitor;
    private final LongSupplier clock;
    private final RandomGenerator random;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Map<PeerId, Asked> asked = new HashMap<>();
    private final Map<Address, Asked> byIdentifier = new HashMap<>();
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    /// What has changed since the monitor was told last.
    private final Map<PeerId, Long> answers = new LinkedHashMap<>();

    private final Map<PeerId, ProbeStatus> statuses = new LinkedHashMap<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("probes").unstarted(this::run);
    private volatile boolean ends;

    /// @param clock CLOCK_BOOTTIME
    ProbeThread(EchoPort port, LongSupplier clock, RandomGenerator random, MonitorContext monitor) {
        this.monitor = monitor;
        this.port = port;
        this.clock = clock;
        this.random = random;
    }

    /// How a peer is probed.
    ///
    /// @param device the interface's name
    record Order(String device, Probe probe) {}

    private record Address(int index, IpFamily family, int identifier) {}

    private record Due(long nanos, Asked probe) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return Long.compare(nanos, other.nanos);
        }
    }

    /// One probe that goes on.
    private static final class Asked {
        private final PeerId id;
        private final ProbeTrack track;
        private final Address address;
        private final long token;
        private Order order;
        private boolean stopped;
        private String failure = "";

        Asked(PeerId id, Order order, ProbeTrack track, Address address, long token) {
            this.id = id;
            this.order = order;
            this.track = track;
            this.address = address;
            this.token = token;
        }
    }

    /// Begins to work by itself; tests call [#round] instead.
    void start() {
        thread.start();
    }

    /// Probes a peer from now on, instead of what was probed before. May be called from any thread.
    void probe(PeerId id, Order order) {
        post(() -> begin(id, order));
    }

    /// Ends the probes of a peer. May be called from any thread.
    void stop(PeerId id) {
        post(() -> end(id));
    }

    private void post(Runnable task) {
        if (!ends) {
            tasks.add(task);
            port.wake();
        }
    }

    private void run() {
        while (!ends) {
            round();
        }
        port.close();
    }

    /// One wait, and what is to be done before and after it.
    void round() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        sendDue();
        tell();
        Due next = queue.peek();
        long wait = next == null ? Long.MAX_VALUE : Math.max(0, next.nanos - clock.getAsLong());
        port.await(wait, this::take);
        tell();
    }

    private void begin(PeerId id, Order order) {
        Asked before = asked.get(id);
        if (before != null && before.order.probe().equals(order.probe())) {
            before.order = order;
            return;
        }
        end(id);
        IpAddress target = order.probe().address();
        Address address = new Address(id.index(), target.family(), random.nextInt(IDENTIFIERS));
        for (int i = 0; byIdentifier.containsKey(address); i++) {
            if (i == IDENTIFIERS) {
                report(id, "no probe is sent to " + target + ": the interface has too many probes");
                return;
            }
            address = new Address(id.index(), target.family(), (address.identifier() + 1) % IDENTIFIERS);
        }
        long token = random.nextLong();
        long every = order.probe().every().toNanos();
        // Thousands of probes do not begin in the same moment.
        long first = clock.getAsLong() + random.nextLong(Math.min(every, ProbeTrack.ANSWER_TIME));
        Asked probe = new Asked(id, order, new ProbeTrack(target, every, first), address, token);
        asked.put(id, probe);
        byIdentifier.put(address, probe);
        queue.add(new Due(first, probe));
    }

    private void end(PeerId id) {
        Asked probe = asked.remove(id);
        if (probe == null) {
            return;
        }
        probe.stopped = true;
        byIdentifier.remove(probe.address);
        Set<IpFamily> needed = new HashSet<>();
        for (Address other : byIdentifier.keySet()) {
            if (other.index() == id.index()) {
                needed.add(other.family());
            }
        }
        if (!needed.contains(probe.address.family())) {
            port.release(id.index(), probe.address.family());
        }
    }

    private void sendDue() {
        long now = clock.getAsLong();
        while (!queue.isEmpty() && queue.peek().nanos <= now) {
            Asked probe = queue.remove().probe;
            if (probe.stopped) {
                continue;
            }
            // An answer may have put the next request off.
            if (probe.track.due() <= now) {
                send(probe, now);
            }
            queue.add(new Due(probe.track.due(), probe));
        }
    }

    private void send(Asked probe, long now) {
        int sequence = probe.track.send(now);
        try {
            port.request(
                    probe.id.index(),
                    probe.order.device(),
                    probe.track.target(),
                    probe.address.identifier(),
                    sequence,
                    probe.token);
            probe.failure = "";
        } catch (IOException failure) {
            String why = String.valueOf(failure.getMessage());
            if (!why.equals(probe.failure)) {
                report(probe.id, "a probe to " + probe.track.target() + " could not be sent: " + why);
            }
            probe.failure = why;
        }
        statuses.put(probe.id, probe.track.status(now));
    }

    private void take(int index, IpAddress from, int identifier, int sequence, long token) {
        Asked probe = byIdentifier.get(new Address(index, from.family(), identifier));
        if (probe == null || !probe.track.target().equals(from) || probe.token != token) {
            return;
        }
        long now = clock.getAsLong();
        if (probe.track.answer(sequence, now)) {
            answers.put(probe.id, now);
            statuses.put(probe.id, probe.track.status(now));
        }
    }

    /// Tells the monitor what has changed.
    private void tell() {
        if (answers.isEmpty() && statuses.isEmpty()) {
            return;
        }
        Map<PeerId, Long> answered = new LinkedHashMap<>(answers);
        Map<PeerId, ProbeStatus> changed = new LinkedHashMap<>(statuses);
        answers.clear();
        statuses.clear();
        monitor.execute(() -> {
            answered.forEach(monitor::answered);
            changed.forEach(monitor::probed);
        });
    }

    private void report(PeerId id, String sentence) {
        monitor.execute(() -> monitor.report(EventKind.MESSAGE, id, sentence));
    }

    void close() {
        ends = true;
        port.wake();
        try {
            thread.join(MILLIS_TO_END);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
