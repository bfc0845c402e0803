// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.text.Latin1;
import io.wgj.engine.uapi.EngineStat;
import io.wgj.monitor.liveness.Verdict;
import io.wgj.monitor.model.DeviceSource;
import io.wgj.monitor.model.InterfaceStatus;
import io.wgj.monitor.model.MonitorStatus;
import io.wgj.monitor.model.PeerStatus;
import io.wgj.monitor.model.ProbeStatus;
import io.wgj.monitor.model.StatusSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The metrics of a monitor at the moment of a scrape. The first three families have the names and labels of
/// prometheus_wireguard_exporter, so that its dashboards go on working; those of wgj have names of their own.
final class StatusMetrics implements MultiCollector {
    private static final String INTERFACE = "interface";
    private static final String DROP = "drop_";
    private static final double NANOS = 1e9;

    private final StatusSource status;
    private final EventCounts events;
    private final EngineCounters engines;

    StatusMetrics(StatusSource status, EventCounts events, EngineCounters engines) {
        this.status = status;
        this.events = events;
        this.engines = engines;
    }

    /// One at a time: with thousands of peers the values of several scrapes would take much memory.
    @Override
    public synchronized MetricSnapshots collect() {
        MonitorStatus now = status.status();
        events.keepOnly(now);
        Families out = new Families();
        Set<DeviceName> seen = new HashSet<>();
        for (InterfaceStatus iface : now.interfaces()) {
            // While a link is made anew, two may have one name for a moment.
            if (seen.add(iface.name())) {
                add(out, iface);
            }
        }
        return out.snapshots();
    }

    private void add(Families out, InterfaceStatus iface) {
        String name = text(iface.name().text());
        Labels labels = Labels.of(INTERFACE, name);
        out.gauge(
                "wgj_interface_readable",
                "1 while the device of the interface can be read, else 0",
                labels,
                iface.readFailure().isEmpty() ? 1 : 0);
        out.counter("wgj_hook_failures", "Scripts that failed", labels, (double) events.failedHooks(iface.name()));
        for (PeerStatus peer : iface.peers()) {
            addConvention(out, name, peer);
            addPeer(out, iface.name(), labels(name, peer), peer);
        }
        if (iface.source() == DeviceSource.USERSPACE) {
            addEngine(out, iface.name(), labels);
        }
    }

    /// The metrics of prometheus_wireguard_exporter.
    private static void addConvention(Families out, String iface, PeerStatus peer) {
        Labels labels = labels(iface, peer).add("allowed_ips", allowedIps(peer));
        out.counter("wireguard_sent_bytes", "Bytes sent to the peer", labels, unsigned(peer.txBytes()));
        out.counter("wireguard_received_bytes", "Bytes received from the peer", labels, unsigned(peer.rxBytes()));
        out.gauge(
                "wireguard_latest_handshake_seconds",
                "Seconds from 1970 to the last handshake, 0 when there was none",
                labels,
                peer.latestHandshake().isNever()
                        ? 0
                        : peer.latestHandshake().seconds()
                                + peer.latestHandshake().nanos() / NANOS);
    }

    private static Labels labels(String iface, PeerStatus peer) {
        Labels labels =
                Labels.of(INTERFACE, iface, "public_key", peer.publicKey().toBase64());
        return peer.name().isEmpty()
                ? labels
                : labels.add("friendly_name", text(peer.name().get()));
    }

    private static String allowedIps(PeerStatus peer) {
        StringBuilder text = new StringBuilder();
        for (IpPrefix prefix : peer.allowedIps()) {
            text.append(text.isEmpty() ? "" : ",").append(prefix.text());
        }
        return text.toString();
    }

    private void addPeer(Families out, DeviceName iface, Labels labels, PeerStatus peer) {
        if (peer.verdict() != Verdict.UNKNOWN) {
            out.gauge(
                    "wgj_peer_up",
                    "The verdict: 1 when the peer was last found up, 0 when down; absent when neither",
                    labels,
                    peer.verdict() == Verdict.UP ? 1 : 0);
        }
        // One line a peer: a line of 0 for each other state would double the page.
        out.gauge(
                "wgj_peer_state",
                "1 for the state of the peer; the other states are absent",
                labels.add("state", peer.state().name().toLowerCase(Locale.ROOT)),
                1);
        out.gauge(
                "wgj_peer_state_since_seconds", "Seconds from 1970 to the last change", labels, seconds(peer.since()));
        if (peer.lastHeard().isPresent()) {
            out.gauge(
                    "wgj_peer_last_heard_seconds",
                    "Seconds from 1970 to the last authentic message of the peer",
                    labels,
                    seconds(peer.lastHeard().get()));
        }
        out.counter(
                "wgj_peer_state_changes", "How often the state has changed since the monitor started", labels, (double)
                        events.stateChanges(iface, peer.publicKey()));
        out.gauge(
                "wgj_peer_open_handshakes",
                "Handshakes tried since the last one that completed",
                labels,
                peer.openRounds());
        out.gauge(
                "wgj_peer_learned_loss_ratio",
                "The chance that an answer is lost, as learned from handshakes",
                labels,
                peer.learnedLoss());
        if (peer.probe().isPresent()) {
            addProbe(out, labels, peer.probe().get());
        }
    }

    private static void addProbe(Families out, Labels peer, ProbeStatus probe) {
        Labels labels = peer.add("target", probe.target().text());
        out.counter("wgj_probe_sent", "Probes sent since the monitor started", labels, (double) probe.sent());
        out.counter(
                "wgj_probe_answered", "Probes answered since the monitor started", labels, (double) probe.answered());
        out.gauge("wgj_probe_loss_ratio", "The share of recent probes without an answer", labels, probe.loss());
        roundTrip(out, labels, "latest", probe.latest());
        roundTrip(out, labels, "shortest", probe.shortest());
        roundTrip(out, labels, "average", probe.average());
        roundTrip(out, labels, "longest", probe.longest());
    }

    private static void roundTrip(Families out, Labels labels, String which, Optional<Duration> time) {
        if (time.isPresent()) {
            out.gauge(
                    "wgj_probe_round_trip_seconds",
                    "Round-trip times of recent probes",
                    labels.add("which", which),
                    time.get().toNanos() / NANOS);
        }
    }

    private void addEngine(Families out, DeviceName iface, Labels labels) {
        for (EngineStat stat : engines.of(iface)) {
            if (stat.name().startsWith(DROP)) {
                number(
                        stat,
                        value -> out.counter(
                                "wgj_engine_drops",
                                "Packets that the engine dropped",
                                labels.add("reason", stat.name().substring(DROP.length())),
                                value));
            } else if (stat.name().equals("tx_messages") || stat.name().equals("rx_messages")) {
                number(
                        stat,
                        value -> out.counter(
                                "wgj_engine_messages",
                                "Messages that the engine sent or received",
                                labels.add("direction", stat.name().substring(0, 2)),
                                value));
            } else if (stat.name().equals("tx_failures") || stat.name().equals("rx_failures")) {
                number(
                        stat,
                        value -> out.counter(
                                "wgj_engine_failures",
                                "Messages that the engine could not pass on",
                                labels.add("direction", stat.name().substring(0, 2)),
                                value));
            }
        }
    }

    /// Takes a number.
    @FunctionalInterface
    private interface NumberTaker {
        void take(double value);
    }

    private static void number(EngineStat stat, NumberTaker taker) {
        try {
            taker.take((double) Long.parseLong(stat.value()));
        } catch (NumberFormatException _) {
            // A later engine may say more than a number there.
        }
    }

    private static double seconds(Instant time) {
        return time.getEpochSecond() + time.getNano() / NANOS;
    }

    private static double unsigned(long value) {
        double half = value >>> 1;
        return value >= 0 ? value : half * 2 + (value & 1);
    }

    private static String text(String latin1) {
        return Latin1.toUnicode(latin1);
    }
}
