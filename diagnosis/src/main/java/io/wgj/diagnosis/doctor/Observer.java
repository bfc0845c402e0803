// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.HandshakeTime;
import io.wgj.config.device.PeerState;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.diagnosis.host.SnapshotReader;
import io.wgj.diagnosis.routing.DeviceAddress;
import io.wgj.diagnosis.routing.FlowQuestion;
import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.diagnosis.routing.LookupResult;
import io.wgj.diagnosis.routing.NetworkDevice;
import io.wgj.diagnosis.routing.RouteLookup;
import io.wgj.diagnosis.routing.Wording;
import io.wgj.engine.uapi.EngineStat;
import io.wgj.engine.uapi.NetworkReport;
import io.wgj.engine.uapi.UserspaceDevice;
import io.wgj.netlink.nftables.DropRule;
import io.wgj.netlink.nftables.DropRules;
import io.wgj.netlink.nftables.Nftables;
import io.wgj.netlink.route.Neighbour;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.sys.BootClock;
import io.wgj.netlink.sys.CaptureSocket;
import io.wgj.netlink.sys.EchoSocket;
import io.wgj.netlink.sys.IcmpErrorSocket;
import io.wgj.netlink.sys.PollSet;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.transport.NetlinkException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Observes one interface of this host for a while, and judges its peers. It changes nothing; it sends echo
/// requests through the interface unless it is told not to, and datagrams to a port beside an endpoint when it is
/// told to.
public final class Observer implements AutoCloseable {
    private static final int MOST_PEERS = 16;
    private static final int POLL_MILLIS = 100;
    private static final long JUDGE_NANOS = 500_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000L;
    /// When the echo requests are sent, in milliseconds: the second starts no handshake, but finds a tunnel that
    /// has come up.
    private static final long[] ECHO_TIMES = {0, 2_000, 7_000};

    private static final Duration CLOCK_NOISE = Duration.ofMillis(500);
    private static final String LOOPBACK = "lo";

    private final DeviceReader reader;
    private final Optional<UserspaceDevice> userspace;
    private final Wish wish;
    private final DeviceState before;
    private final Map<PublicKey, HandshakeTime> handshakes = new HashMap<>();
    private final HostSnapshot host;
    private final RouteNetlink netlink;
    private final Optional<Nftables> nftables;
    private final Set<IpAddress> own = new HashSet<>();
    private final List<String> unseen = new ArrayList<>();
    private final Instant began = Instant.now();
    private final long start = BootClock.nanos();
    private final Map<PublicKey, Echo> echoes = new LinkedHashMap<>();
    private final Map<IpFamily, EchoSocket> echoSockets = new HashMap<>();
    private final int identifier = (int) (BootClock.nanos() >>> 10 & 0xffff);
    private final List<FarDevice> farBefore;
    private HostCounters counters = HostCounters.read();
    private Optional<DropRules> rules = Optional.empty();
    private Map<String, Long> drops = Map.of();
    private Backend backend = Backend.KERNEL;
    private @Nullable WireTap wire;
    private @Nullable TunnelTap tunnel;
    private @Nullable IcmpTap icmp;
    private @Nullable BesideProbe beside;

    /// One peer's echo.
    private static final class Echo {
        private final EchoTarget target;
        private final int sequence;
        private int asked;
        private int answered;
        private Optional<String> failure = Optional.empty();

        Echo(EchoTarget target, int sequence) {
            this.target = target;
            this.sequence = sequence;
        }
    }

    /// Begins to observe: everything that grows is read for the first time.
    ///
    /// @param device for an engine's own counts
    /// @throws DeviceException when the interface cannot be read
    /// @throws NetlinkException when links and routes cannot be read
    public static Observer open(DeviceReader reader, Optional<UserspaceDevice> device, Wish wish)
            throws DeviceException, NetlinkException {
        DeviceState state = reader.read();
        RouteNetlink netlink = RouteNetlink.open();
        boolean opened = false;
        try {
            Observer observer = new Observer(reader, device, wish, state, netlink, new SnapshotReader(netlink).read());
            opened = true;
            return observer;
        } finally {
            if (!opened) {
                netlink.close();
            }
        }
    }

    private Observer(
            DeviceReader reader,
            Optional<UserspaceDevice> userspace,
            Wish wish,
            DeviceState state,
            RouteNetlink netlink,
            HostSnapshot host) {
        this.reader = reader;
        this.userspace = userspace;
        this.wish = wish;
        this.before = state;
        this.netlink = netlink;
        this.host = host;
        for (PeerState peer : state.peers()) {
            handshakes.put(peer.publicKey(), peer.latestHandshake());
        }
        for (NetworkDevice device : host.devices()) {
            device.addresses().forEach(address -> own.add(address.address()));
        }
        backend = userspace.isPresent() ? Backend.USERSPACE : Backend.KERNEL;
        drops = engineDrops();
        nftables = firewall();
        rules = dropRules();
        farBefore = wish.far().isEmpty() ? new FarSearch(state.name()).find() : wish.far();
        listen();
    }

    private String name() {
        return before.name().text();
    }

    /// Whether the interface is in this network namespace. The socket of a userspace interface is visible in
    /// others too.
    public boolean isHere() {
        return host.device(name()).isPresent();
    }

    private List<PeerState> peers(DeviceState state) {
        List<PeerState> chosen = new ArrayList<>();
        for (PeerState peer : state.peers()) {
            if (chosen.size() < MOST_PEERS
                    && (wish.peer().isEmpty() || wish.peer().get().equals(peer.publicKey()))) {
                chosen.add(peer);
            }
        }
        return chosen;
    }

    private Map<String, Long> engineDrops() {
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

    private Optional<Nftables> firewall() {
        try {
            return Nftables.open();
        } catch (NetlinkException failure) {
            unseen.add("the packet filter cannot be read: " + failure.errno().sentence());
            return Optional.empty();
        }
    }

    private Optional<DropRules> dropRules() {
        if (nftables.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(nftables.get().dropRules());
        } catch (NetlinkException failure) {
            String gap = "the packet filter cannot be read: " + failure.errno().sentence();
            if (!unseen.contains(gap)) {
                unseen.add(gap);
            }
            return Optional.empty();
        }
    }

    /// Opens the sockets that see packets. Without CAP_NET_RAW the rest must do.
    private void listen() {
        try {
            Optional<NetworkDevice> link = host.device(name());
            if (link.isPresent()) {
                tunnel = new TunnelTap(CaptureSocket.ofAll(link.get().index(), TunnelTap.HEAD), before.peers(), own);
            }
            WireTap tap = new WireTap(before.listenPort());
            wire = tap;
            for (String device : outerDevices()) {
                tap.add(host.device(device).orElseThrow().index());
            }
            icmp = new IcmpTap(own);
            icmp.add(IcmpErrorSocket.open(IpFamily.V4));
            icmp.add(IcmpErrorSocket.open(IpFamily.V6));
        } catch (SystemException failure) {
            unseen.add("packets cannot be seen (" + failure.errno().sentence()
                    + "); that needs CAP_NET_RAW: run it as root");
        }
    }

    private Set<String> outerDevices() {
        Set<String> devices = new HashSet<>();
        RouteLookup lookup = new RouteLookup(host);
        for (PeerState peer : peers(before)) {
            if (peer.endpoint().isPresent()) {
                lookUp(lookup, peer.endpoint().get()).choices().forEach(choice -> {
                    if (!choice.device().equals(name())
                            && host.device(choice.device()).isPresent()) {
                        devices.add(choice.device());
                    }
                });
            }
        }
        return devices;
    }

    private LookupResult lookUp(RouteLookup lookup, Endpoint.Numeric endpoint) {
        return lookup.find(
                FlowQuestion.ciphertext(endpoint.address(), endpoint.port(), before.listenPort(), before.fwmark()));
    }

    /// Observes until every verdict is certain or the time is over.
    ///
    /// @return a verdict for each peer, in the interface's order; one for the interface when it has no such peer
    public List<Diagnosed> watch() throws DeviceException, NetlinkException {
        prepareEchoes();
        if (wish.probe()) {
            beside = BesideProbe.of(peers(before), before.fwmark());
        }
        long end = start + wish.time().toNanos();
        long judge = start + JUDGE_NANOS / 2;
        try (PollSet poll = new PollSet(descriptors())) {
            while (true) {
                sendEchoes();
                if (beside != null) {
                    beside.send(BootClock.nanos() - start);
                }
                poll.await(POLL_MILLIS);
                drain();
                long now = BootClock.nanos();
                if (now >= judge || now >= end) {
                    List<Diagnosed> verdicts = judge(now >= end);
                    if (now >= end || areCertain(verdicts)) {
                        return verdicts;
                    }
                    judge = BootClock.nanos() + JUDGE_NANOS;
                }
            }
        }
    }

    private static boolean areCertain(List<Diagnosed> verdicts) {
        for (Diagnosed one : verdicts) {
            if (!one.verdict().isCertain()) {
                return false;
            }
        }
        return true;
    }

    private int[] descriptors() {
        List<Integer> open = new ArrayList<>();
        if (wire != null) {
            wire.sockets().forEach(socket -> open.add(socket.descriptor()));
        }
        if (tunnel != null) {
            open.add(tunnel.socket().descriptor());
        }
        if (icmp != null) {
            icmp.sockets().forEach(socket -> open.add(socket.descriptor()));
        }
        echoSockets.values().forEach(socket -> open.add(socket.descriptor()));
        int[] descriptors = new int[open.size()];
        for (int i = 0; i < descriptors.length; i++) {
            descriptors[i] = open.get(i);
        }
        return descriptors;
    }

    private void drain() {
        Instant now = Instant.now();
        if (wire != null) {
            wire.drain(now);
        }
        if (tunnel != null) {
            tunnel.drain();
        }
        if (icmp != null) {
            icmp.drain(now);
        }
        for (EchoSocket socket : echoSockets.values()) {
            Optional<EchoSocket.Reply> reply = socket.receive();
            while (reply.isPresent()) {
                EchoSocket.Reply one = reply.get();
                for (Echo echo : echoes.values()) {
                    if (one.identifier() == identifier
                            && one.sequence() == echo.sequence
                            && one.from().equals(echo.target.address())) {
                        echo.answered++;
                    }
                }
                reply = socket.receive();
            }
        }
    }

    private void prepareEchoes() {
        Optional<NetworkDevice> link = host.device(name());
        if (wish.passive() || link.isEmpty() || !link.get().up()) {
            return;
        }
        List<IpPrefix> networks = networks(link.get());
        for (PeerState peer : peers(before)) {
            Optional<EchoTarget> target = EchoTarget.of(peer, networks, own);
            target.ifPresent(one -> echoes.put(peer.publicKey(), new Echo(one, echoes.size() + 1)));
        }
        for (Echo echo : echoes.values()) {
            IpFamily family = echo.target.address().family();
            if (!echoSockets.containsKey(family)) {
                try {
                    echoSockets.put(
                            family, EchoSocket.open(family, name(), link.get().index()));
                } catch (SystemException failure) {
                    echo.failure = Optional.of(
                            "no echo can be sent: " + failure.errno().sentence());
                }
            }
        }
    }

    private static List<IpPrefix> networks(NetworkDevice link) {
        List<IpPrefix> networks = new ArrayList<>();
        for (DeviceAddress address : link.addresses()) {
            if (!address.address().isLinkLocal()) {
                networks.add(new IpPrefix(address.address(), address.subnet().length()));
            }
        }
        return networks;
    }

    private void sendEchoes() {
        long millis = (BootClock.nanos() - start) / NANOS_PER_MILLI;
        for (Echo echo : echoes.values()) {
            EchoSocket socket = echoSockets.get(echo.target.address().family());
            if (socket == null
                    || echo.answered > 0
                    || echo.asked >= ECHO_TIMES.length
                    || millis < ECHO_TIMES[echo.asked]) {
                continue;
            }
            echo.asked++;
            try {
                socket.request(echo.target.address(), identifier, echo.sequence, start);
                echo.failure = Optional.empty();
            } catch (SystemException failure) {
                // ENOKEY and EDESTADDRREQ: the kernel's module took it and refused it.
                echo.failure = Optional.of("an echo to " + echo.target.address().text() + " could not be sent: "
                        + failure.errno().sentence());
            }
        }
    }

    private List<Diagnosed> judge(boolean last) throws DeviceException, NetlinkException {
        DeviceState now = reader.read();
        HostSnapshot snapshot = new SnapshotReader(netlink).read();
        HostCounters counted = HostCounters.read();
        Optional<FirewallFacts> firewall = firewallFacts();
        List<FarDevice> far =
                wish.far().isEmpty() && (last || !farBefore.isEmpty()) ? new FarSearch(now.name()).find() : farBefore;
        List<Diagnosed> verdicts = new ArrayList<>();
        List<PeerState> chosen = peers(now);
        for (int i = 0; i < Math.max(1, chosen.size()); i++) {
            Optional<PeerState> peer = chosen.isEmpty() ? Optional.empty() : Optional.of(chosen.get(i));
            Facts facts = facts(now, peer, snapshot, counted, firewall, far);
            verdicts.add(new Diagnosed(facts, Diagnosis.of(facts)));
        }
        return verdicts;
    }

    private Facts facts(
            DeviceState now,
            Optional<PeerState> peer,
            HostSnapshot snapshot,
            HostCounters counted,
            Optional<FirewallFacts> firewall,
            List<FarDevice> far) {
        Optional<Endpoint.Numeric> endpoint = peer.flatMap(PeerState::endpoint);
        IpFamily family = endpoint.map(one -> one.address().family()).orElse(IpFamily.V4);
        return new Facts(
                began,
                Duration.ofNanos(BootClock.nanos() - start),
                wish.passive(),
                linkFacts(now, snapshot, counted),
                peer.map(this::peerFacts),
                wish.peer().map(PublicKey::toBase64),
                peer.map(one -> insideFacts(one, snapshot)).orElse(InsideFacts.NONE),
                endpoint.map(one -> wayFacts(snapshot, one)),
                wire == null || icmp == null
                        ? Optional.empty()
                        : Optional.of(endpoint.map(wire::facts).orElse(new WireFacts(Map.of()))),
                icmp == null || endpoint.isEmpty() ? List.of() : icmp.about(endpoint.get()),
                counted.since(counters, family),
                firewall,
                engineFacts(peer),
                peer.flatMap(one -> farFacts(now, one, far)),
                clock(now),
                beside == null || icmp == null || endpoint.isEmpty()
                        ? Optional.empty()
                        : beside.facts(endpoint.get(), icmp),
                conflicts(snapshot),
                notes(snapshot, peer),
                unseen);
    }

    private LinkFacts linkFacts(DeviceState now, HostSnapshot snapshot, HostCounters counted) {
        Optional<NetworkDevice> link = snapshot.device(name());
        return new LinkFacts(
                name(),
                backend,
                link.map(NetworkDevice::up).orElse(false),
                link.map(NetworkDevice::mtu).orElse(0),
                now.publicKey(),
                now.listenPort(),
                now.fwmark(),
                now.peers().size(),
                link.map(Observer::networks).orElse(List.of()),
                counted.txErrorsSince(counters, name()),
                counted.txDropsSince(counters, name()),
                counted.rxErrorsSince(counters, name()));
    }

    private PeerFacts peerFacts(PeerState peer) {
        PeerState old = before.peers().stream()
                .filter(one -> one.publicKey().equals(peer.publicKey()))
                .findFirst()
                .orElse(new PeerState(peer.publicKey()));
        HandshakeTime latest = peer.latestHandshake();
        return new PeerFacts(
                peer.publicKey(),
                peer.endpoint(),
                peer.allowedIps(),
                peer.persistentKeepalive(),
                latest.isNever() ? Optional.empty() : Optional.of(instant(latest)),
                !latest.isNever() && !latest.equals(handshakes.getOrDefault(peer.publicKey(), HandshakeTime.NEVER)),
                Math.max(0, peer.rxBytes() - old.rxBytes()),
                Math.max(0, peer.txBytes() - old.txBytes()));
    }

    private static Instant instant(HandshakeTime time) {
        return Instant.ofEpochSecond(time.seconds(), time.nanos());
    }

    private InsideFacts insideFacts(PeerState peer, HostSnapshot snapshot) {
        Echo echo = echoes.get(peer.publicKey());
        PublicKey key = peer.publicKey();
        Optional<NetworkDevice> link = snapshot.device(name());
        boolean ipv4 = echo == null || echo.target.address().family() == IpFamily.V4;
        return new InsideFacts(
                Optional.ofNullable(echo).map(one -> one.target.address()),
                echo != null && echo.target.shouldAnswer(),
                Optional.ofNullable(echo).flatMap(one -> one.failure),
                echo == null ? 0 : echo.asked,
                echo == null ? 0 : echo.answered,
                Optional.empty(),
                tunnel == null || echo == null ? 0 : tunnel.from(echo.target.address()),
                tunnel == null ? 0 : tunnel.arrived(key),
                tunnel == null ? 0 : tunnel.sent(key),
                tunnel == null ? Map.of() : tunnel.unowned(),
                tunnel == null ? Map.of() : tunnel.foreign(key),
                link.isEmpty()
                        || (ipv4
                                ? link.get().settings().forwarding()
                                : link.get().settings().forwarding6()));
    }

    private WayFacts wayFacts(HostSnapshot snapshot, Endpoint.Numeric endpoint) {
        LookupResult result = lookUp(new RouteLookup(snapshot), endpoint);
        String route = result.route().map(one -> one.text()).orElse("")
                + result.rule()
                        .map(rule -> " (rule " + Wording.priority(rule) + ": " + Wording.rule(rule) + ")")
                        .orElse("");
        if (result.refusal().isPresent()) {
            String text = result.refusal().get().text();
            return new WayFacts(
                    WayFacts.Kind.REFUSED,
                    Optional.empty(),
                    Optional.empty(),
                    text,
                    Optional.of(result.refusal().get().error().sentence()),
                    0,
                    WayFacts.Neighbour.UNKNOWN);
        }
        WayFacts.Kind kind = result.isLocal()
                ? WayFacts.Kind.SELF
                : result.mayLeaveBy(name()) ? WayFacts.Kind.TUNNEL : WayFacts.Kind.OUT;
        Optional<String> device = result.device();
        return new WayFacts(
                kind,
                device,
                result.gateway(),
                route,
                Optional.empty(),
                device.flatMap(snapshot::device).map(NetworkDevice::mtu).orElse(0),
                neighbour(snapshot, result.gateway().orElse(endpoint.address()), device.orElse(LOOPBACK)));
    }

    private static WayFacts.Neighbour neighbour(HostSnapshot snapshot, IpAddress hop, String device) {
        for (Neighbour entry : snapshot.neighbours()) {
            if (entry.address().equals(hop) && entry.device().equals(device)) {
                if (entry.isFailed()) {
                    return WayFacts.Neighbour.FAILED;
                }
                return (entry.state() & Neighbour.INCOMPLETE) != 0
                        ? WayFacts.Neighbour.INCOMPLETE
                        : WayFacts.Neighbour.ALIVE;
            }
        }
        return WayFacts.Neighbour.UNKNOWN;
    }

    private Optional<FirewallFacts> firewallFacts() {
        Optional<DropRules> now = dropRules();
        if (now.isEmpty() || rules.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Long> earlier = new HashMap<>();
        for (DropRule rule : rules.get().rules()) {
            earlier.put(id(rule), rule.packets().orElse(0));
        }
        List<FirewallFacts.RuleCount> in = new ArrayList<>();
        List<FirewallFacts.RuleCount> out = new ArrayList<>();
        boolean mayIn = now.get().policyIn();
        boolean mayOut = now.get().policyOut();
        for (DropRule rule : now.get().rules()) {
            long grown = rule.packets().orElse(0) - earlier.getOrDefault(id(rule), 0L);
            FirewallFacts.RuleCount count =
                    new FirewallFacts.RuleCount(rule.table(), rule.chain(), rule.handle(), grown);
            mayIn |= rule.in();
            mayOut |= rule.out();
            if (grown > 0 && rule.in()) {
                in.add(count);
            }
            if (grown > 0 && rule.out()) {
                out.add(count);
            }
        }
        return Optional.of(new FirewallFacts(in, out, mayIn, mayOut));
    }

    private static String id(DropRule rule) {
        return rule.table() + " " + rule.chain() + " " + rule.handle();
    }

    private Optional<EngineFacts> engineFacts(Optional<PeerState> peer) {
        if (backend != Backend.ENGINE) {
            return Optional.empty();
        }
        Map<String, Long> grown = new HashMap<>();
        engineDrops().forEach((reason, count) -> {
            long growth = count - drops.getOrDefault(reason, 0L);
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

    private Optional<FarFacts> farFacts(DeviceState now, PeerState peer, List<FarDevice> far) {
        if (now.publicKey().isEmpty()) {
            return Optional.empty();
        }
        PublicKey key = now.publicKey().get();
        int port = peer.endpoint().map(Endpoint.Numeric::port).orElse(0);
        boolean named = !wish.far().isEmpty();
        Optional<FarDevice> chosen = FarDevice.among(far, key, peer.publicKey(), port, named);
        Optional<FarDevice> old =
                named ? Optional.empty() : FarDevice.among(farBefore, key, peer.publicKey(), port, false);
        return chosen.map(device ->
                device.facts(key, old.filter(one -> one.source().equals(device.source()))));
    }

    private ClockFacts clock(DeviceState now) {
        Instant wall = Instant.now();
        Duration elapsed = Duration.ofNanos(BootClock.nanos() - start);
        Duration stepped = Duration.between(began.plus(elapsed), wall);
        Instant latest = Instant.MIN;
        for (PeerState peer : now.peers()) {
            if (!peer.latestHandshake().isNever()
                    && instant(peer.latestHandshake()).isAfter(latest)) {
                latest = instant(peer.latestHandshake());
            }
        }
        Optional<ClockFacts.Known> known = latest.isAfter(wall)
                ? Optional.of(new ClockFacts.Known(latest, "the latest handshake of this interface"))
                : Optional.empty();
        return new ClockFacts(wall, known, stepped.abs().compareTo(CLOCK_NOISE) > 0 ? stepped : Duration.ZERO);
    }

    private List<String> conflicts(HostSnapshot snapshot) {
        List<String> conflicts = new ArrayList<>();
        Optional<NetworkDevice> link = snapshot.device(name());
        if (link.isEmpty()) {
            return conflicts;
        }
        for (DeviceAddress address : link.get().addresses()) {
            for (NetworkDevice other : snapshot.devices()) {
                for (DeviceAddress theirs : other.addresses()) {
                    if (!other.name().equals(name())
                            && !address.address().isLinkLocal()
                            && theirs.address().equals(address.address())) {
                        conflicts.add(address.address().text() + " is on " + other.name() + " too");
                    }
                }
            }
        }
        return conflicts;
    }

    private List<String> notes(HostSnapshot snapshot, Optional<PeerState> peer) {
        List<String> notes = new ArrayList<>(wish.notes());
        Optional<IpAddress> endpoint = peer.flatMap(PeerState::endpoint).map(Endpoint.Numeric::address);
        if (endpoint.isPresent() && PrivateNetworks.isForeign(endpoint.get(), snapshot)) {
            notes.add("the endpoint " + endpoint.get().text()
                    + " is a private address, and no interface of this host is in its network");
        }
        if (wish.peer().isEmpty() && before.peers().size() > MOST_PEERS) {
            notes.add("only the first " + MOST_PEERS + " peers are looked at; name one to look at another");
        }
        return notes;
    }

    @Override
    public void close() {
        netlink.close();
        nftables.ifPresent(Nftables::close);
        echoSockets.values().forEach(EchoSocket::close);
        if (wire != null) {
            wire.close();
        }
        if (tunnel != null) {
            tunnel.close();
        }
        if (icmp != null) {
            icmp.close();
        }
        if (beside != null) {
            beside.close();
        }
    }
}
