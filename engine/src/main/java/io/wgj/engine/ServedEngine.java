// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine;

import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.engine.core.EngineDevice;
import io.wgj.engine.run.EngineLog;
import io.wgj.engine.uapi.EngineOptions;
import io.wgj.engine.uapi.EngineProblems;
import io.wgj.engine.uapi.EngineStat;
import io.wgj.engine.uapi.EventFeed;
import io.wgj.engine.uapi.ServedDevice;
import io.wgj.engine.uapi.SetRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An [Engine] as the UAPI socket serves it: with the settings of the common protocol, with those of wgj
/// alone (`Underlay`, `AllowedSources`), and with its statistics.
final class ServedEngine implements ServedDevice {
    private final EngineDevice device;
    private final EngineStats stats;
    private final EngineDiagnosis diagnosis;
    private final EventFeed feed;
    private final EngineLog log;
    private List<IpAddress> underlaySources = List.of();
    /// Networks that may send to the listen port; empty for any.
    private List<IpPrefix> allowedSources = List.of();
    /// By peer, the networks that it may send from; only of peers that exist, and never empty.
    private final Map<PublicKey, List<IpPrefix>> peerAllowedSources = new LinkedHashMap<>();

    /// @param feed where readers of events are added
    /// @param log whose last error is part of the statistics
    ServedEngine(EngineDevice device, EngineStats stats, EngineDiagnosis diagnosis, EventFeed feed, EngineLog log) {
        this.device = device;
        this.stats = stats;
        this.diagnosis = diagnosis;
        this.feed = feed;
        this.log = log;
    }

    @Override
    public DeviceState read() {
        return device.read();
    }

    @Override
    public synchronized void apply(SetRequest request) throws DeviceException {
        device.apply(request.update());
        EngineOptions options = request.options();
        if (options.underlaySources().isMentioned()) {
            underlaySources = List.copyOf(options.underlaySources().value().orElse(List.of()));
            setUnderlay();
        }
        boolean restricted = !allowedSources.isEmpty() || !peerAllowedSources.isEmpty();
        if (options.allowedSources().isMentioned()) {
            allowedSources = List.copyOf(options.allowedSources().value().orElse(List.of()));
        }
        peerAllowedSources.putAll(options.peerAllowedSources());
        peerAllowedSources.values().removeIf(List::isEmpty);
        if (restricted || !allowedSources.isEmpty() || !peerAllowedSources.isEmpty()) {
            restrict();
        }
    }

    @Override
    public synchronized List<EngineStat> stats() {
        List<EngineStat> told = new ArrayList<>();
        log.lastError().ifPresent(error -> told.add(new EngineStat("last_error", error.replace('\n', ' '))));
        told.addAll(stats.now(
                new EngineOptions(Change.set(underlaySources), Change.set(allowedSources), peerAllowedSources)));
        return told;
    }

    @Override
    public EngineProblems problems() {
        return diagnosis.now();
    }

    @Override
    public Optional<EventFeed> events() {
        return Optional.of(feed);
    }

    @Override
    public boolean setLogLevel(String level) {
        Optional<EngineLog.Level> wanted = EngineLog.Level.named(level);
        wanted.ifPresent(log::setLevel);
        return wanted.isPresent();
    }

    private void setUnderlay() {
        for (IpFamily family : IpFamily.values()) {
            IpAddress source = underlaySources.stream()
                    .filter(address -> address.family() == family)
                    .findFirst()
                    .orElse(null);
            device.setUnderlaySource(family, source);
        }
    }

    private void restrict() {
        Set<PublicKey> present = new HashSet<>();
        device.setAllowedSources(peer -> {
            present.add(peer);
            return sourcesOf(peer);
        });
        // A peer that is removed and added again starts without restrictions.
        peerAllowedSources.keySet().retainAll(present);
    }

    /// The networks that the peer may send from: the intersection of its own and the interface's. Null for
    /// any.
    private @Nullable List<IpPrefix> sourcesOf(PublicKey peer) {
        List<IpPrefix> own = peerAllowedSources.getOrDefault(peer, List.of());
        if (own.isEmpty() || allowedSources.isEmpty()) {
            List<IpPrefix> only = own.isEmpty() ? allowedSources : own;
            return only.isEmpty() ? null : only;
        }
        List<IpPrefix> both = new ArrayList<>();
        for (IpPrefix left : own) {
            for (IpPrefix right : allowedSources) {
                // Two networks are disjoint, or one contains the other.
                boolean narrower = left.length() >= right.length();
                if (narrower ? right.contains(left.address()) : left.contains(right.address())) {
                    both.add(narrower ? left : right);
                }
            }
        }
        return both;
    }
}
