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

/// The statistics of an engine (`wgj engine --stats`): which code runs, how many packets travel together, and
/// why packets were dropped. The first thing to ask for when a tunnel is slow or lossy.
final class EngineStats {
    private final Primitives primitives;
    private final EngineTransports transports;
    private final EngineFeatures features;
    private final MergeState joining;
    private final DropCounters drops;
    private final Engine engine;
    private final ThreadCounters rx;
    private final List<WorkerCounters> workers;

    /// @param features what the TUN and the sockets were opened with
    EngineStats(Primitives primitives, EngineTransports transports, Engine engine, EngineFeatures features) {
        this.primitives = primitives;
        this.transports = transports;
        this.features = features;
        this.joining = engine.joining();
        this.drops = engine.core().drops();
        this.engine = engine;
        this.rx = engine.rxCounters();
        this.workers = engine.workerCounters();
    }

    /// The statistics at this moment.
    ///
    /// @param options the settings beyond the common protocol
    List<EngineStat> now(EngineOptions options) {
        List<EngineStat> stats = new ArrayList<>();
        stats.add(new EngineStat("aead", primitives.aead().name()));
        stats.add(new EngineStat("x25519", primitives.x25519().name()));
        stats.add(new EngineStat("ciphers_because", primitives.why()));
        add(stats, "switched_off", features.off());
        stats.add(new EngineStat("tun_vnet_header", yesNo(transports.tun().vnetHeader())));
        stats.add(new EngineStat("tun_joins_udp", yesNo(transports.tun().joinsUdp())));
        stats.add(new EngineStat(EngineStat.LISTENING, yesNo(engine.device().isUp())));
        if (engine.device().refusal() != 0) {
            stats.add(number(EngineStat.LISTEN_ERRNO, engine.device().refusal()));
        }
        addJoining(stats, true);
        addJoining(stats, false);
        transports.tun().addStats((name, value) -> stats.add(new EngineStat(name, value)));
        transports.udp().addStats((name, value) -> stats.add(new EngineStat(name, value)));
        options.underlaySources().value().ifPresent(list -> add(stats, EngineOptions.UNDERLAY_SOURCE, list));
        options.allowedSources().value().ifPresent(list -> add(stats, EngineOptions.ALLOWED_SOURCES, list));
        List<ThreadCounters> tx = engine.txCounters();
        stats.add(number("tx_queues", tx.size()));
        stats.add(number("workers", workers.size()));
        add(stats, "tx", new CounterSum(tx));
        addWakeUps(stats, "tx", new CounterSum(tx));
        add(stats, "rx", new CounterSum(List.of(rx)));
        addWakeUps(stats, "rx", new CounterSum(List.of(rx)));
        if (!workers.isEmpty()) {
            stats.add(number("tx_trains_handed_off", new CounterSum(tx).of(ThreadCounters::handOffs)));
            stats.add(number("rx_trains_handed_off", rx.handOffs()));
            add(stats, "tx_worker", new CounterSum(ofWorkers(WorkerCounters::sealing)));
            add(stats, "rx_worker", new CounterSum(ofWorkers(WorkerCounters::opening)));
            addWakeUps(stats, "worker", new CounterSum(ofWorkers(WorkerCounters::opening)));
        }
        for (Drop reason : Drop.values()) {
            long count = drops.of(reason);
            if (count > 0) {
                stats.add(number("drop_" + reason.name().toLowerCase(Locale.ROOT), count));
            }
        }
        options.peerAllowedSources().forEach((peer, list) -> {
            stats.add(new EngineStat("public_key", peer.toHex()));
            add(stats, EngineOptions.ALLOWED_SOURCES, list);
        });
        return stats;
    }

    private List<ThreadCounters> ofWorkers(Function<WorkerCounters, ThreadCounters> which) {
        return workers.stream().map(which).toList();
    }

    private void addJoining(List<EngineStat> stats, boolean tcp) {
        String name = tcp ? "tcp" : "udp";
        long refused = joining.refused(tcp);
        boolean joins = tcp ? joining.tcp() : joining.udp();
        stats.add(new EngineStat("tun_merge_" + name, refused > 0 ? "refused" : yesNo(joins)));
        stats.add(number("tun_merged_" + name, joining.joined(tcp)));
        stats.add(number("tun_refused_" + name, refused));
    }

    private static void add(List<EngineStat> stats, String name, List<?> values) {
        if (!values.isEmpty()) {
            stats.add(new EngineStat(name, values.stream().map(Object::toString).collect(Collectors.joining(","))));
        }
    }

    private static void add(List<EngineStat> stats, String direction, CounterSum sum) {
        stats.add(number(direction + "_messages", sum.of(ThreadCounters::messages)));
        stats.add(number(direction + "_trains", sum.of(ThreadCounters::trains)));
        stats.add(number(direction + "_failures", sum.of(ThreadCounters::failures)));
        for (int bucket = 0; bucket < ThreadCounters.BUCKETS; bucket++) {
            int size = bucket;
            stats.add(
                    number(direction + "_trains_of_" + (1 << bucket), sum.of(counters -> counters.trainsOfSize(size))));
        }
    }

    private static void addWakeUps(List<EngineStat> stats, String threads, CounterSum sum) {
        stats.add(number(threads + "_wake_ups", sum.of(ThreadCounters::wakeUps)));
    }

    /// The sum over threads of one kind.
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
