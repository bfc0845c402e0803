// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.engine.core.Clock;
import io.wgj.engine.core.Drop;
import io.wgj.engine.core.DropCounters;
import io.wgj.engine.core.DropRecord;
import io.wgj.engine.core.EngineDevice;
import io.wgj.engine.core.UdpFlow;
import io.wgj.engine.io.NetworkError;
import io.wgj.engine.io.NetworkErrors;
import io.wgj.engine.uapi.DropReport;
import io.wgj.engine.uapi.EngineProblems;
import io.wgj.engine.uapi.NetworkReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What an engine knows about packets that were lost, for `wgj doctor`.
final class EngineDiagnosis {
    private final DropCounters drops;
    private final NetworkErrors errors;
    private final EngineDevice device;
    private final Clock clock;

    EngineDiagnosis(DropCounters drops, NetworkErrors errors, EngineDevice device, Clock clock) {
        this.drops = drops;
        this.errors = errors;
        this.device = device;
        this.clock = clock;
    }

    /// The problems up to this moment.
    EngineProblems now() {
        long bootNanos = clock.bootNanos();
        Instant wall = clock.wall();
        List<DropReport> reports = new ArrayList<>();
        for (Drop reason : Drop.values()) {
            long count = drops.of(reason);
            if (count > 0) {
                reports.add(report(reason, count, wall, bootNanos));
            }
        }
        Map<Endpoint.Numeric, PublicKey> peers = peers();
        List<NetworkReport> network = new ArrayList<>();
        for (NetworkError error : errors.latest()) {
            network.add(new NetworkReport(
                    error.destination(),
                    Optional.ofNullable(peers.get(unscoped(error.destination()))),
                    Optional.ofNullable(error.from()),
                    error.type(),
                    error.code(),
                    error.errno(),
                    error.count(),
                    wall.minusNanos(bootNanos - error.sinceNanos()),
                    wall.minusNanos(bootNanos - error.lastNanos())));
        }
        return new EngineProblems(reports, network);
    }

    private DropReport report(Drop reason, long count, Instant wall, long bootNanos) {
        String name = reason.name().toLowerCase(Locale.ROOT);
        DropRecord latest = drops.latest(reason);
        return latest == null
                ? new DropReport(name, count, Optional.empty(), Optional.empty(), Optional.empty(), 0)
                : new DropReport(
                        name,
                        count,
                        Optional.of(wall.minusNanos(bootNanos - latest.nanos())),
                        Optional.ofNullable(latest.peer()),
                        Optional.ofNullable(latest.address()),
                        latest.port());
    }

    private Map<Endpoint.Numeric, PublicKey> peers() {
        Map<Endpoint.Numeric, PublicKey> peers = new HashMap<>();
        for (Map.Entry<PublicKey, UdpFlow> entry : device.flows().entrySet()) {
            peers.put(unscoped(entry.getValue().endpoint()), entry.getKey());
        }
        return peers;
    }

    /// ICMP errors do not name the interface.
    private static Endpoint.Numeric unscoped(Endpoint.Numeric endpoint) {
        return new Endpoint.Numeric(endpoint.address(), endpoint.port());
    }
}
