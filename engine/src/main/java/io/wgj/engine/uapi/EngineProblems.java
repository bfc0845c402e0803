// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.DeviceException;
import java.util.ArrayList;
import java.util.List;

/// What wgj's own engine knows about packets that were lost: more than its statistics, and with the key or address
/// that each is about.
///
/// @param drops the reasons for which the engine dropped something, in the order of
///     [io.wgj.engine.core.Drop]
/// @param network errors about datagrams that were sent, the latest first
public record EngineProblems(List<DropReport> drops, List<NetworkReport> network) {
    /// Nothing was lost.
    public static final EngineProblems NONE = new EngineProblems(List.of(), List.of());

    private static final String DROP = "drop";
    private static final String NETWORK = "network_error";

    public EngineProblems {
        drops = List.copyOf(drops);
        network = List.copyOf(network);
    }

    /// The lines of a reply.
    List<EngineStat> lines() {
        List<EngineStat> lines = new ArrayList<>();
        for (DropReport drop : drops) {
            lines.add(new EngineStat(DROP, drop.words().text()));
        }
        for (NetworkReport error : network) {
            lines.add(new EngineStat(NETWORK, error.words().text()));
        }
        return lines;
    }

    static EngineProblems of(List<EngineStat> lines) throws DeviceException {
        List<DropReport> drops = new ArrayList<>();
        List<NetworkReport> network = new ArrayList<>();
        for (EngineStat line : lines) {
            switch (line.name()) {
                case DROP -> drops.add(DropReport.of(Words.parse(line.value())));
                case NETWORK -> network.add(NetworkReport.of(Words.parse(line.value())));
                default -> {}
            }
        }
        return new EngineProblems(drops, network);
    }
}
