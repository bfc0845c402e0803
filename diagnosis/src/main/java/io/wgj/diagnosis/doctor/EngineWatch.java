// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.PeerState;
import io.wgj.engine.uapi.EngineStat;
import io.wgj.engine.uapi.NetworkReport;
import io.wgj.engine.uapi.UserspaceDevice;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Watches what wgj's engine counts and reports about one interface, from its creation on.
final class EngineWatch {
    private final Optional<UserspaceDevice> userspace;
    private final Instant began;
    private Backend backend;
    private final Map<String, Long> before;

    /// @param userspace empty for an interface of the kernel's
    /// @param began reports that are older do not count
    EngineWatch(Optional<UserspaceDevice> userspace, Instant began) {
        this.userspace = userspace;
        this.began = began;
        this.backend = userspace.isPresent() ? Backend.USERSPACE : Backend.KERNEL;
        this.before = read();
    }

    /// What the interface is, as far as its answers tell.
    Backend backend() {
        return backend;
    }

    private Map<String, Long> read() {
        Map<String, Long> counts = new HashMap<>();
        if (userspace.isEmpty()) {
            return counts;
        }
        try {
            for (EngineStat stat : userspace.get().stats()) {
                if (stat.name().startsWith("drop_")) {
                    counts.put(stat.name().substring("drop_".length()), Long.parseLong(stat.value()));
                }
            }
            backend = Backend.ENGINE;
        } catch (DeviceException | NumberFormatException _) {
            // Another implementation than wgj's.
            return counts;
        }
        return counts;
    }

    /// What grew since the beginning; empty for other implementations.
    Optional<EngineFacts> facts(Optional<PeerState> peer) {
        if (backend != Backend.ENGINE) {
            return Optional.empty();
        }
        Map<String, Long> grown = new HashMap<>();
        read().forEach((reason, count) -> {
            long growth = count - before.getOrDefault(reason, 0L);
            if (growth > 0) {
                grown.put(reason, growth);
            }
        });
        return Optional.of(new EngineFacts(grown, sendError(peer)));
    }

    /// The error of the last attempt to send to a peer during the observation, when this host itself refused it.
    private OptionalInt sendError(Optional<PeerState> peer) {
        if (userspace.isEmpty() || peer.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            for (NetworkReport report : userspace.get().problems().network()) {
                boolean isOurs = report.peer().isPresent()
                        && report.peer().get().equals(peer.get().publicKey());
                if (isOurs && report.from().isEmpty() && !report.last().isBefore(began)) {
                    return OptionalInt.of(report.errno());
                }
            }
        } catch (DeviceException _) {
            // An older engine of wgj's.
            return OptionalInt.empty();
        }
        return OptionalInt.empty();
    }
}
