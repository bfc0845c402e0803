// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.model;

import io.wgj.config.device.PeerState;
import io.wgj.config.file.PeerSection;
import io.wgj.config.file.TunnelFile;
import io.wgj.config.net.DeviceName;
import io.wgj.monitor.liveness.Verdict;
import java.util.Optional;

/// One peer as the monitor's services see it.
///
/// @param iface the interface's name now; it may be renamed
/// @param source what drives the interface
/// @param listenPort of the interface, 0 when unset
/// @param fwmark of the interface
/// @param device the peer as its device reported it last, without its preshared key
/// @param state of its liveness
/// @param verdict the last of up and down
/// @param reason why it is in this state
/// @param sinceNanos when the state began, by CLOCK_BOOTTIME
/// @param lastHeardNanos when something authentic was last received, by CLOCK_BOOTTIME; `Long.MIN_VALUE` for
///     never
/// @param openRounds handshake attempts since the last one that completed
/// @param file what the configuration file says; empty when the interface has none
/// @param settings this peer's section in `file`; empty when it has none
public record PeerView(
        PeerId id,
        DeviceName iface,
        DeviceSource source,
        int listenPort,
        int fwmark,
        PeerState device,
        io.wgj.monitor.liveness.PeerState state,
        Verdict verdict,
        String reason,
        long sinceNanos,
        long lastHeardNanos,
        int openRounds,
        Optional<TunnelFile> file,
        Optional<PeerSection> settings) {
    /// Nothing was ever heard.
    public static final long NEVER = Long.MIN_VALUE;
}
