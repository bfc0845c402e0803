// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.watch;

import io.wgj.config.device.HandshakeTime;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.text.Latin1;
import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.liveness.Verdict;
import io.wgj.monitor.model.DeviceSource;
import io.wgj.monitor.model.InterfaceStatus;
import io.wgj.monitor.model.MonitorStatus;
import io.wgj.monitor.model.PeerStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Samples for the tests of this package.
final class Scenes {
    static final Instant TIME = Instant.parse("2026-11-30T12:03:07Z");

    private Scenes() {}

    static PublicKey key(int number) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) number;
        bytes[1] = (byte) (number >> 8);
        return PublicKey.parseBase64(java.util.Base64.getEncoder().encodeToString(bytes))
                .orElseThrow();
    }

    /// @param name Unicode; empty for none
    /// @param handshake seconds ago; negative for never
    static PeerStatus peer(
            int number, String name, PeerState state, long rx, long tx, long handshake, String endpoint) {
        Optional<Endpoint.Numeric> at = endpoint.isEmpty()
                ? Optional.empty()
                : Optional.of(new Endpoint.Numeric(IpAddress.parse(endpoint).orElseThrow(), 51820));
        return new PeerStatus(
                key(number),
                name.isEmpty() ? Optional.empty() : Optional.of(Latin1.ofUnicode(name)),
                state,
                state == PeerState.DOWN ? Verdict.DOWN : Verdict.UP,
                state == PeerState.DOWN ? "4 calls unanswered, nothing heard for 31 s" : "a handshake completed",
                TIME,
                Optional.empty(),
                handshake < 0 ? HandshakeTime.NEVER : new HandshakeTime(TIME.getEpochSecond() - handshake, 0),
                0,
                0,
                rx,
                tx,
                at,
                List.of(IpPrefix.host(IpAddress.ofV4(0x0a000000 + number))),
                false,
                0,
                0,
                0.2,
                Optional.empty());
    }

    static InterfaceStatus link(String name, List<PeerStatus> peers) {
        return new InterfaceStatus(
                new DeviceName(name),
                1,
                DeviceSource.KERNEL,
                Optional.empty(),
                51820,
                0,
                peers,
                Optional.empty(),
                Optional.empty());
    }

    static MonitorStatus at(long seconds, InterfaceStatus... links) {
        return new MonitorStatus(TIME.plusSeconds(seconds), List.of(links));
    }

    /// An interface with an active, a silent and a dead peer.
    static MonitorStatus three(long seconds, long rate, String endpoint) {
        return at(
                seconds,
                link(
                        "wg0",
                        List.of(
                                peer(1, "office", PeerState.UP, rate, rate / 10, 65 - seconds, endpoint),
                                peer(2, "büro", PeerState.DOWN, 0, 148, 400, "198.51.100.7"),
                                peer(3, "", PeerState.IDLE, 0, 0, -1, ""))));
    }

    static MonitorStatus many(int count) {
        List<PeerStatus> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            peers.add(peer(i, "peer-" + i, PeerState.UP, i * 1000L, 0, 10, "192.0.2.1"));
        }
        return at(0, link("wg0", peers));
    }

    /// A table of these samples.
    static PeerTable table(MonitorStatus... samples) {
        PeerTable table = new PeerTable(index -> "");
        Arrays.stream(samples).forEach(table::add);
        return table;
    }
}
