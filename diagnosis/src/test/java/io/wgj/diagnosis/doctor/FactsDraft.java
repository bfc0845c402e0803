// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Facts to be changed field by field. At first: a peer behind `eth0` that was called twice in 11 s and never
/// answers.
final class FactsDraft {
    static final Instant BEGAN = Instant.parse("2026-03-01T12:03:00Z");
    static final PublicKey OWN = key(1);
    static final PublicKey PEER = key(2);
    static final PublicKey OTHER = key(3);

    Duration watched = Duration.ofSeconds(11);
    boolean passive;
    Backend backend = Backend.KERNEL;
    boolean up = true;
    Optional<PublicKey> ownKey = Optional.of(OWN);
    int peers = 1;
    long txErrors;
    long txDrops;
    long rxErrors;
    boolean hasPeer = true;
    Optional<String> wanted = Optional.empty();
    Optional<Endpoint.Numeric> endpoint = Optional.of(new Endpoint.Numeric(address("10.0.0.2"), 51820));
    List<IpPrefix> allowedIps = List.of(prefix("10.9.0.2", 32));
    Optional<Instant> handshake = Optional.empty();
    boolean handshakeSeen;
    long rx;
    long tx = 296;
    Optional<IpAddress> target = Optional.of(address("10.9.0.2"));
    boolean shouldAnswer = true;
    int asked = 2;
    int answered;
    Optional<Boolean> large = Optional.empty();
    Optional<Boolean> least = Optional.empty();
    int replies;
    int arrived;
    int sent;
    final Map<IpAddress, Integer> unowned = new HashMap<>();
    final Map<IpAddress, Integer> foreign = new HashMap<>();
    boolean forwards;

    @Nullable
    WayFacts way = WayFacts.out("eth0", "10.0.0.0/24 dev eth0").with(WayFacts.Neighbour.ALIVE);

    boolean wireSeen = true;
    final Map<WireMessage, Sighting> wire = new EnumMap<>(WireMessage.class);
    final List<IcmpReport> icmp = new ArrayList<>();
    CounterFacts counters = CounterFacts.NONE;

    @Nullable
    FirewallFacts firewall = FirewallFacts.OPEN;

    @Nullable
    Map<String, Long> drops;

    OptionalInt sendError = OptionalInt.empty();

    @Nullable
    FarFacts far;

    Optional<ClockFacts.Known> known = Optional.empty();
    Duration stepped = Duration.ZERO;

    @Nullable
    BesideFacts beside;

    @Nullable
    NameFacts name;

    final List<String> conflicts = new ArrayList<>();

    FactsDraft() {
        wire(WireMessage.INITIATION_OUT, 2);
    }

    static PublicKey key(int number) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) number);
        return PublicKey.of(bytes);
    }

    static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    static IpPrefix prefix(String address, int length) {
        return new IpPrefix(address(address), length);
    }

    FactsDraft wire(WireMessage message, int count) {
        wire.remove(message);
        if (count > 0) {
            wire.put(message, new Sighting(count, BEGAN.plusSeconds(1), BEGAN.plusSeconds(6)));
        }
        return this;
    }

    FactsDraft icmp(int type, int code, String from, boolean own) {
        icmp.add(new IcmpReport(type, code, address(from), own, Sighting.once(BEGAN.plusSeconds(1))));
        return this;
    }

    /// A far end that listens, knows this end, and was read twice.
    FarFacts far(long rx, long tx) {
        return new FarFacts(
                "the namespace far",
                Optional.of(PEER),
                51820,
                Optional.of(true),
                List.of(),
                Optional.of(new FarFacts.Us(List.of(prefix("10.9.0.1", 32)), Optional.empty(), rx, tx)),
                true);
    }

    /// The way to the endpoint stays, and its next hop is in this state.
    void nextHopIs(WayFacts.Neighbour state) {
        way = Objects.requireNonNull(way).with(state);
    }

    Facts facts() {
        return new Facts(
                BEGAN,
                watched,
                passive,
                new LinkFacts(
                        "wg0",
                        backend,
                        up,
                        1420,
                        ownKey,
                        51820,
                        0,
                        peers,
                        List.of(prefix("10.9.0.1", 24)),
                        txErrors,
                        txDrops,
                        rxErrors),
                hasPeer
                        ? Optional.of(new PeerFacts(PEER, endpoint, allowedIps, 0, handshake, handshakeSeen, rx, tx))
                        : Optional.empty(),
                wanted,
                new InsideFacts(
                        target,
                        shouldAnswer,
                        Optional.empty(),
                        asked,
                        answered,
                        large,
                        least,
                        replies,
                        arrived,
                        sent,
                        unowned,
                        foreign,
                        forwards),
                Optional.ofNullable(way),
                wireSeen ? Optional.of(new WireFacts(wire)) : Optional.empty(),
                icmp,
                counters,
                Optional.ofNullable(firewall),
                drops == null ? Optional.empty() : Optional.of(new EngineFacts(drops, sendError)),
                Optional.ofNullable(far),
                new ClockFacts(BEGAN.plus(watched), known, stepped),
                Optional.ofNullable(beside),
                Optional.ofNullable(name),
                conflicts,
                List.of(),
                List.of());
    }

    Verdict verdict() {
        return Diagnosis.of(facts());
    }
}
