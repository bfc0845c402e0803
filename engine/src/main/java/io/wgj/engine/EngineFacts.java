// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine;

import io.wgj.engine.core.Drop;
import io.wgj.engine.core.DropCounters;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.dispatch.PathCounters;
import io.wgj.engine.dispatch.WorkerCounters;
import io.wgj.engine.io.Switches;
import io.wgj.engine.packet.MergeState;
import io.wgj.engine.uapi.EngineExtras;
import io.wgj.engine.uapi.EngineFact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/// The counters page: which code runs, how well packets travel together, and why some did not arrive. The first
/// thing to ask for when a tunnel is slow or lossy.
final class EngineFacts {
    private final Primitives primitives;
    private final Doors doors;
    private final Switches switches;
    private final MergeState joining;
    private final DropCounters drops;
    private final Engine engine;
    private final PathCounters rx;
    private final List<WorkerCounters> workers;

    /// @param switches what the doors were opened with
    EngineFacts(Primitives primitives, Doors doors, Engine engine, Switches switches) {
        this.primitives = primitives;
        this.doors = doors;
        this.switches = switches;
        this.joining = engine.joining();
        this.drops = engine.core().drops();
        this.engine = engine;
        this.rx = engine.rxCounters();
        this.workers = engine.workerCounters();
    }

    /// As of now.
    ///
    /// @param extras what was told beyond the common protocol
    List<EngineFact> now(EngineExtras extras) {
        List<EngineFact> facts = new ArrayList<>();
        facts.add(new EngineFact("aead", primitives.aead().name()));
        facts.add(new EngineFact("x25519", primitives.x25519().name()));
        facts.add(new EngineFact("ciphers_because", primitives.why()));
        add(facts, "switched_off", switches.off());
        facts.add(new EngineFact("tun_vnet_header", yesNo(doors.tun().vnetHeader())));
        facts.add(new EngineFact("tun_joins_udp", yesNo(doors.tun().joinsUdp())));
        facts.add(new EngineFact(EngineFact.LISTENING, yesNo(engine.device().isUp())));
        if (engine.device().refusal() != 0) {
            facts.add(number(EngineFact.LISTEN_ERRNO, engine.device().refusal()));
        }
        addJoining(facts, true);
        addJoining(facts, false);
        doors.tun().tell((name, value) -> facts.add(new EngineFact(name, value)));
        doors.udp().tell((name, value) -> facts.add(new EngineFact(name, value)));
        extras.underlaySources().value().ifPresent(list -> add(facts, EngineExtras.UNDERLAY_SOURCE, list));
        extras.allowedSources().value().ifPresent(list -> add(facts, EngineExtras.ALLOWED_SOURCES, list));
        List<PathCounters> tx = engine.txCounters();
        facts.add(number("tx_queues", tx.size()));
        facts.add(number("workers", workers.size()));
        add(facts, "tx", new CounterSum(tx));
        addWakeUps(facts, "tx", new CounterSum(tx));
        add(facts, "rx", new CounterSum(List.of(rx)));
        addWakeUps(facts, "rx", new CounterSum(List.of(rx)));
        if (!workers.isEmpty()) {
            facts.add(number("tx_trains_handed_off", new CounterSum(tx).of(PathCounters::handOffs)));
            facts.add(number("rx_trains_handed_off", rx.handOffs()));
            add(facts, "tx_worker", new CounterSum(ofWorkers(WorkerCounters::sealing)));
            add(facts, "rx_worker", new CounterSum(ofWorkers(WorkerCounters::opening)));
            addWakeUps(facts, "worker", new CounterSum(ofWorkers(WorkerCounters::opening)));
        }
        for (Drop reason : Drop.values()) {
            long count = drops.of(reason);
            if (count > 0) {
                facts.add(number("drop_" + reason.name().toLowerCase(Locale.ROOT), count));
            }
        }
        extras.peerAllowedSources().forEach((peer, list) -> {
            facts.add(new EngineFact("public_key", peer.toHex()));
            add(facts, EngineExtras.ALLOWED_SOURCES, list);
        });
        return facts;
    }

    private List<PathCounters> ofWorkers(Function<WorkerCounters, PathCounters> which) {
        return workers.stream().map(which).toList();
    }

    private void addJoining(List<EngineFact> facts, boolean tcp) {
        String name = tcp ? "tcp" : "udp";
        long refused = joining.refused(tcp);
        boolean joins = tcp ? joining.tcp() : joining.udp();
        facts.add(new EngineFact("tun_merge_" + name, refused > 0 ? "refused" : yesNo(joins)));
        facts.add(number("tun_merged_" + name, joining.joined(tcp)));
        facts.add(number("tun_refused_" + name, refused));
    }

    private static void add(List<EngineFact> facts, String name, List<?> values) {
        if (!values.isEmpty()) {
            facts.add(new EngineFact(name, values.stream().map(Object::toString).collect(Collectors.joining(","))));
        }
    }

    private static void add(List<EngineFact> facts, String direction, CounterSum sum) {
        facts.add(number(direction + "_messages", sum.of(PathCounters::messages)));
        facts.add(number(direction + "_trains", sum.of(PathCounters::trains)));
        facts.add(number(direction + "_failures", sum.of(PathCounters::failures)));
        for (int bucket = 0; bucket < PathCounters.BUCKETS; bucket++) {
            int size = bucket;
            facts.add(
                    number(direction + "_trains_of_" + (1 << bucket), sum.of(counters -> counters.trainsOfSize(size))));
        }
    }

    private static void addWakeUps(List<EngineFact> facts, String threads, CounterSum sum) {
        facts.add(number(threads + "_wake_ups", sum.of(PathCounters::wakeUps)));
    }

    /// What threads of one kind did together.
    private record CounterSum(List<PathCounters> threads) {
        long of(ToLongFunction<PathCounters> counter) {
            return threads.stream().mapToLong(counter).sum();
        }
    }

    private static EngineFact number(String name, long value) {
        return new EngineFact(name, Long.toString(value));
    }

    private static String yesNo(boolean value) {
        return value ? "yes" : "no";
    }
}
