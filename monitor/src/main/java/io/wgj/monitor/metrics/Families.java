// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects values into families of one name each.
final class Families {
    private final Map<String, Counters> counters = new LinkedHashMap<>();
    private final Map<String, Gauges> gauges = new LinkedHashMap<>();

    private record Counters(MetricMetadata metadata, List<CounterDataPointSnapshot> points) {}

    private record Gauges(MetricMetadata metadata, List<GaugeDataPointSnapshot> points) {}

    /// Adds a value that only grows while the monitor runs.
    ///
    /// @param name without `_total`
    void counter(String name, String help, Labels labels, double value) {
        counters.computeIfAbsent(name, _ -> new Counters(new MetricMetadata(name, help), new ArrayList<>()))
                .points()
                .add(new CounterDataPointSnapshot(value, labels, null, 0));
    }

    /// Adds a value that may fall.
    void gauge(String name, String help, Labels labels, double value) {
        gauges.computeIfAbsent(name, _ -> new Gauges(new MetricMetadata(name, help), new ArrayList<>()))
                .points()
                .add(new GaugeDataPointSnapshot(value, labels, null));
    }

    MetricSnapshots snapshots() {
        List<MetricSnapshot> all = new ArrayList<>();
        for (Counters family : counters.values()) {
            all.add(new CounterSnapshot(family.metadata(), family.points()));
        }
        for (Gauges family : gauges.values()) {
            all.add(new GaugeSnapshot(family.metadata(), family.points()));
        }
        return new MetricSnapshots(all);
    }
}
