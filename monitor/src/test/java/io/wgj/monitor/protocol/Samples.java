// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.protocol;

import io.wgj.config.device.HandshakeTime;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.liveness.Verdict;
import io.wgj.monitor.model.DeviceSource;
import io.wgj.monitor.model.EventKind;
import io.wgj.monitor.model.InterfaceStatus;
import io.wgj.monitor.model.MonitorEvent;
import io.wgj.monitor.model.MonitorStatus;
import io.wgj.monitor.model.PeerStatus;
import io.wgj.monitor.model.ProbeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// States and events for tests.
public final class Samples {
    public static final Instant TIME = Instant.parse("2026-11-30T12:03:07.25Z");

    private Samples() {}

    /// A public key, another for each number.
    public static PublicKey key(int number) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) number;
        bytes[1] = (byte) (number >> 8);
        return PublicKey.of(bytes);
    }

    /// A peer with every value set.
    public static PeerStatus full() {
        return new PeerStatus(
                key(1),
                Optional.of("office \u00c3\u00bc"),
                PeerState.UP,
                Verdict.UP,
                "a handshake completed",
                TIME.minusSeconds(65),
                Optional.of(TIME.minusMillis(1500)),
                new HandshakeTime(TIME.getEpochSecond() - 65, 123_456_789),
                -1,
                1_048_575,
                2_000,
                3_000_000,
                Optional.of(new Endpoint.Numeric(address("fe80::1"), 51820, 2)),
                List.of(new IpPrefix(address("10.0.0.0"), 8), new IpPrefix(address("fd00::"), 64)),
                true,
                25,
                3,
                0.25,
                Optional.of(new ProbeStatus(
                        address("10.0.0.1"),
                        10,
                        9,
                        0.1,
                        Optional.of(Duration.ofNanos(12_345_000)),
                        Optional.of(Duration.ofMillis(10)),
                        Optional.of(Duration.ofMillis(11)),
                        Optional.of(Duration.ofMillis(20)))));
    }

    /// A peer of which nothing is known but its key and its state.
    public static PeerStatus bare(int number, PeerState state) {
        return new PeerStatus(
                key(number),
                Optional.empty(),
                state,
                Verdict.UNKNOWN,
                "",
                TIME,
                Optional.empty(),
                HandshakeTime.NEVER,
                0,
                0,
                0,
                0,
                Optional.empty(),
                List.of(),
                false,
                0,
                0,
                0,
                Optional.empty());
    }

    /// An interface of the kernel with nothing but peers.
    public static InterfaceStatus link(String name, PeerStatus... peers) {
        return new InterfaceStatus(
                new DeviceName(name),
                7,
                DeviceSource.KERNEL,
                Optional.empty(),
                0,
                0,
                List.of(peers),
                Optional.empty(),
                Optional.empty());
    }

    public static MonitorStatus status(InterfaceStatus... links) {
        return new MonitorStatus(TIME, List.of(links));
    }

    /// An interface with every value set, one with a bare peer, and one without peers.
    public static MonitorStatus everything() {
        InterfaceStatus full = new InterfaceStatus(
                new DeviceName("wg0"),
                3,
                DeviceSource.USERSPACE,
                Optional.of(key(99)),
                51820,
                0xffff_fff0,
                List.of(full(), bare(2, PeerState.STALE)),
                Optional.of("/etc/wireguard/wg0.conf"),
                Optional.of("Permission denied"));
        return status(full, link("wg1", bare(3, PeerState.IDLE)), link("wg2"));
    }

    /// An interface with so many peers.
    public static MonitorStatus many(int peers) {
        List<PeerStatus> all = new ArrayList<>();
        for (int i = 0; i < peers; i++) {
            all.add(bare(i + 100, PeerState.UP));
        }
        return status(link("wg0", all.toArray(new PeerStatus[0])));
    }

    /// An event of an interface.
    public static MonitorEvent event(long number, String link) {
        return new MonitorEvent(
                number,
                TIME.plusSeconds(number),
                EventKind.PEER_UP,
                Optional.of(new DeviceName(link)),
                Optional.of(key(1)),
                Optional.of("office"),
                "a handshake completed");
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
