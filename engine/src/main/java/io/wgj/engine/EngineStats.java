// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine;

import io.wgj.engine.core.Drop;
import io.wgj.engine.core.DropCounters;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.dispatch.ThreadCounters;
import io.wgj.engine.dispatch.WorkerCounters;
import io.wgj.engine.io.EngineFeatures;
import io.wgj.engine.packet.MergeState;
import io.wgj.engine.uapi.EngineOptions;
import io.wgj.engine.uapi.EngineStat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/// The counters page: which code runs, how well packets travel together, and why some did not arrive. The first
/// thing to ask for when a tunnel is slow or lossy.
final class EngineStats {
    private final Primitives primitives;
    private final EngineTransports doors;
    private final EngineFeatures switches;
    private final MergeState joining;
    private final DropCounters drops;
    private final Engine engine;
    private final ThreadCounters rx;
    private final List<WorkerCounters> workers;

    /// @param switches what the doors were opened with
    EngineStats(Primitives primitives, EngineTransports doors, Engine engine, EngineFeatures switches) {
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
    List<EngineStat> now(EngineOptions extras) {
        List<EngineStat> facts = new ArrayList<>();
        facts.add(new EngineStat("aead", primitives.aead().name()));
        facts.add(new EngineStat("x25519", primitives.x25519().name()));
        facts.add(new EngineStat("ciphers_because", primitives.why()));
        add(facts, "switched_off", switches.off());
        facts.add(new EngineStat("tun_vnet_header", yesNo(doors.tun().vnetHeader())));
        facts.add(new EngineStat("tun_joins_udp", yesNo(doors.tun().joinsUdp())));
        facts.add(new EngineStat(EngineStat.LISTENING, yesNo(engine.device().isUp())));
        if (engine.device().refusal() != 0) {
            facts.add(number(EngineStat.LISTEN_ERRNO, engine.device().refusal()));
        }
        addJoining(facts, true);
        addJoining(facts, false);
        doors.tun().tell((name, value) -> facts.add(new EngineStat(name, value)));
        doors.udp().tell((name, value) -> facts.add(new EngineStat(name, value)));
        extras.underlaySources().value().ifPresent(list -> add(facts, EngineOptions.UNDERLAY_SOURCE, list));
        extras.allowedSources().value().ifPresent(list -> add(facts, EngineOptions.ALLOWED_SOURCES, list));
        List<ThreadCounters> tx = engine.txCounters();
        facts.add(number("tx_queues", tx.size()));
        facts.add(number("workers", workers.size()));
        add(facts, "tx", new CounterSum(tx));
        addWakeUps(facts, "tx", new CounterSum(tx));
        add(facts, "rx", new CounterSum(List.of(rx)));
        addWakeUps(facts, "rx", new CounterSum(List.of(rx)));
        if (!workers.isEmpty()) {
            facts.add(number("tx_trains_handed_off", new CounterSum(tx).of(ThreadCounters::handOffs)));
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
            facts.add(new EngineStat("public_key", peer.toHex()));
            add(facts, EngineOptions.ALLOWED_SOURCES, list);
        });
        return facts;
    }

    private List<ThreadCounters> ofWorkers(Function<WorkerCounters, ThreadCounters> which) {
        return workers.stream().map(which).toList();
    }

    private void addJoining(List<EngineStat> facts, boolean tcp) {
        String name = tcp ? "tcp" : "udp";
        long refused = joining.refused(tcp);
        boolean joins = tcp ? joining.tcp() : joining.udp();
        facts.add(new EngineStat("tun_merge_" + name, refused > 0 ? "refused" : yesNo(joins)));
        facts.add(number("tun_merged_" + name, joining.joined(tcp)));
        facts.add(number("tun_refused_" + name, refused));
    }

    private static void add(List<EngineStat> facts, String name, List<?> values) {
        if (!values.isEmpty()) {
            facts.add(new EngineStat(name, values.stream().map(Object::toString).collect(Collectors.joining(","))));
        }
    }

    private static void add(List<EngineStat> facts, String direction, CounterSum sum) {
        facts.add(number(direction + "_messages", sum.of(ThreadCounters::messages)));
        facts.add(number(direction + "_trains", sum.of(ThreadCounters::trains)));
        facts.add(number(direction + "_failures", sum.of(ThreadCounters::failures)));
        for (int bucket = 0; bucket < ThreadCounters.BUCKETS; bucket++) {
            int size = bucket;
            facts.add(
                    number(direction + "_trains_of_" + (1 << bucket), sum.of(counters -> counters.trainsOfSize(size))));
        }
    }

    private static void addWakeUps(List<EngineStat> facts, String threads, CounterSum sum) {
        facts.add(number(threads + "_wake_ups", sum.of(ThreadCounters::wakeUps)));
    }

    /// What threads of one kind did together.
    private record CounterSum(List<ThreadCounters> threads) {
        long of(ToLongFunction<ThreadCounters> counter) {
            return threads.stream().mapToLong(counter).sum();
        }
    }

    private static EngineStat number(String name, long value) {
        return new EngineStat(name, Long.toString(value));
    }

    private static String yesNo(boolean value) {
        return value ? "yes" : "no";
    }
}
