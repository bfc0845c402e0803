// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.hooks;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.model.EventKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// All scripts of one event, to be run one after the other. Text is bytes, one a char.
///
/// @param kind [EventKind#PEER_UP] or [EventKind#PEER_DOWN]
/// @param name of the peer; empty when the file gives none
/// @param endpoint of the peer; empty when it is unknown
/// @param state of the peer when the event happened
/// @param since when that state began
/// @param configFile the path of the interface's file; empty when it has none
/// @param commands of the file, `%i` unexpanded
public record HookJob(
        EventKind kind,
        DeviceName iface,
        PublicKey peer,
        Optional<String> name,
        String endpoint,
        PeerState state,
        String reason,
        Instant since,
        Optional<String> configFile,
        List<String> commands) {
    /// Copies `commands`.
    public HookJob {
        commands = List.copyOf(commands);
    }

    /// The key that lists the commands in files.
    public String fileKey() {
        return kind == EventKind.PEER_UP ? "PeerUp" : "PeerDown";
    }

    /// The same with other commands, such as those that the file has after a restart.
    public HookJob withCommands(List<String> others) {
        return new HookJob(kind, iface, peer, name, endpoint, state, reason, since, configFile, others);
    }
}
