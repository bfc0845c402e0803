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
import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.diagnosis.routing.NetworkDevice;
import io.wgj.engine.clock.KnownTimes;
import io.wgj.engine.uapi.UserspaceDevice;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.sys.BootClock;
import io.wgj.netlink.sys.CaptureSocket;
import io.wgj.netlink.sys.IcmpErrorSocket;
import io.wgj.netlink.sys.PollSet;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.transport.NetlinkException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final DeviceReader reader;
    private final Wish wish;
    private final DeviceState before;
    private final Map<PublicKey, HandshakeTime> handshakes = new HashMap<>();
    private final HostSnapshot host;
    private final RouteNetlink netlink;
    private final Set<IpAddress> own = new HashSet<>();
    private final List<String> unseen = new ArrayList<>();
    private final HostClock clock = new HostClock(new KnownTimes(KnownTimes.DEFAULT_FOLDER));
    private final Echoes echoes;
    private final FirewallWatch firewall;
    private final EngineWatch engine;
    private final List<FarDevice> farBefore;
    private final HostCounters counters = HostCounters.read();
    private @Nullable WireTap wire;
    private @Nullable TunnelTap tunnel;
    private @Nullable IcmpTap icmp;
    private @Nullable BesideProbe beside;

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
        engine = new EngineWatch(userspace, clock.began());
        firewall = new FirewallWatch(unseen);
        echoes = echoes();
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

    /// Opens the sockets that see packets. Without CAP_NET_RAW the rest must do.
    private void listen() {
        try {
            Optional<NetworkDevice> link = host.device(name());
            if (link.isPresent()) {
                tunnel = new TunnelTap(CaptureSocket.ofAll(link.get().index(), TunnelTap.HEAD), before.peers(), own);
            }
            WireTap tap = new WireTap(before.listenPort());
            wire = tap;
            for (int device : outerDevices()) {
                tap.add(device);
            }
            icmp = new IcmpTap(own);
            icmp.add(IcmpErrorSocket.open(IpFamily.V4));
            icmp.add(IcmpErrorSocket.open(IpFamily.V6));
        } catch (SystemException failure) {
            unseen.add("packets cannot be seen (" + failure.errno().sentence()
                    + "); that needs CAP_NET_RAW: run it as root");
        }
    }

    /// The indexes of the devices by which encrypted packets leave.
    private Set<Integer> outerDevices() {
        Set<Integer> devices = new HashSet<>();
        Ways ways = new Ways(host, before);
        for (PeerState peer : peers(before)) {
            peer.endpoint().ifPresent(endpoint -> devices.addAll(ways.devicesTo(endpoint)));
        }
        return devices;
    }

    private Echoes echoes() {
        int identifier = (int) (clock.start() >>> 10 & 0xffff);
        Optional<NetworkDevice> link = host.device(name());
        return wish.passive() || link.isEmpty() || !link.get().up()
                ? new Echoes(identifier)
                : new Echoes(identifier, link.get(), peers(before), networks(link.get()), own);
    }

    /// Observes until every verdict is certain or the time is over.
    ///
    /// @return a verdict for each peer, in the interface's order; one for the interface when it has no such peer
    public List<Diagnosed> watch() throws DeviceException, NetlinkException {
        if (wish.probe()) {
            beside = BesideProbe.of(peers(before), before.fwmark());
        }
        long start = clock.start();
        long end = start + wish.time().toNanos();
        long judge = start + JUDGE_NANOS / 2;
        try (PollSet poll = new PollSet(descriptors())) {
            while (true) {
                echoes.send((BootClock.nanos() - start) / NANOS_PER_MILLI, start);
                if (beside != null) {
                    beside.send(BootClock.nanos() - start);
                }
                poll.await(POLL_MILLIS);
                drain();
                long now = BootClock.nanos();
                if (now >= judge || now >= end) {
                    List<Diagnosed> verdicts = judge(now >= end);
                    if (now >= end || areCertain(verdicts) && !echoes.isOpen()) {
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
        echoes.sockets().forEach(socket -> open.add(socket.descriptor()));
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
        echoes.drain();
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

    private List<Diagnosed> judge(boolean last) throws DeviceException, NetlinkException {
        DeviceState now = reader.read();
        HostSnapshot snapshot = new SnapshotReader(netlink).read();
        HostCounters counted = HostCounters.read();
        Optional<FirewallFacts> dropped = firewall.facts();
        List<FarDevice> far =
                wish.far().isEmpty() && (last || !farBefore.isEmpty()) ? new FarSearch(now.name()).find() : farBefore;
        List<Diagnosed> verdicts = new ArrayList<>();
        List<PeerState> chosen = peers(now);
        for (int i = 0; i < Math.max(1, chosen.size()); i++) {
            Optional<PeerState> peer = chosen.isEmpty() ? Optional.empty() : Optional.of(chosen.get(i));
            Facts facts = facts(now, peer, snapshot, counted, dropped, far);
            verdicts.add(new Diagnosed(facts, Diagnosis.of(facts)));
        }
        return verdicts;
    }

    private Facts facts(
            DeviceState now,
            Optional<PeerState> peer,
            HostSnapshot snapshot,
            HostCounters counted,
            Optional<FirewallFacts> dropped,
            List<FarDevice> far) {
        Optional<Endpoint.Numeric> endpoint = peer.flatMap(PeerState::endpoint);
        IpFamily family = endpoint.map(one -> one.address().family()).orElse(IpFamily.V4);
        return new Facts(
                clock.began(),
                clock.elapsed(),
                wish.passive(),
                linkFacts(now, snapshot, counted),
                peer.map(this::peerFacts),
                wish.peer().map(PublicKey::toBase64),
                peer.map(one -> insideFacts(one, snapshot)).orElse(InsideFacts.NONE),
                endpoint.map(new Ways(snapshot, now)::to),
                wire == null || icmp == null
                        ? Optional.empty()
                        : Optional.of(endpoint.map(wire::facts).orElse(new WireFacts(Map.of()))),
                icmp == null || endpoint.isEmpty() ? List.of() : icmp.about(endpoint.get()),
                counted.since(counters, family),
                dropped,
                engine.facts(peer),
                peer.flatMap(one -> farFacts(now, one, far)),
                clock.facts(now.peers()),
                beside == null || icmp == null || endpoint.isEmpty()
                        ? Optional.empty()
                        : beside.facts(endpoint.get(), icmp),
                peer.map(one -> wish.names().get(one.publicKey())),
                conflicts(snapshot),
                notes(snapshot, peer),
                unseen);
    }

    private LinkFacts linkFacts(DeviceState now, HostSnapshot snapshot, HostCounters counted) {
        Optional<NetworkDevice> link = snapshot.device(name());
        return new LinkFacts(
                name(),
                engine.backend(),
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
                latest.isNever() ? Optional.empty() : Optional.of(HostClock.instant(latest)),
                !latest.isNever() && !latest.equals(handshakes.getOrDefault(peer.publicKey(), HandshakeTime.NEVER)),
                Math.max(0, peer.rxBytes() - old.rxBytes()),
                Math.max(0, peer.txBytes() - old.txBytes()));
    }

    private InsideFacts insideFacts(PeerState peer, HostSnapshot snapshot) {
        Optional<Echoes.Echo> echo = echoes.of(peer.publicKey());
        Optional<IpAddress> target = echo.map(one -> one.target().address());
        PublicKey key = peer.publicKey();
        Optional<NetworkDevice> link = snapshot.device(name());
        boolean ipv4 = target.isEmpty() || target.get().family() == IpFamily.V4;
        return new InsideFacts(
                target,
                echo.isPresent() && echo.get().target().shouldAnswer(),
                echo.flatMap(Echoes.Echo::failure),
                echo.map(Echoes.Echo::asked).orElse(0),
                echo.map(Echoes.Echo::answered).orElse(0),
                echo.flatMap(Echoes.Echo::large),
                echo.flatMap(Echoes.Echo::least),
                tunnel == null || target.isEmpty() ? 0 : tunnel.from(target.get()),
                tunnel == null ? 0 : tunnel.arrived(key),
                tunnel == null ? 0 : tunnel.sent(key),
                tunnel == null ? Map.of() : tunnel.unowned(),
                tunnel == null ? Map.of() : tunnel.foreign(key),
                link.isEmpty()
                        || (ipv4
                                ? link.get().settings().forwarding()
                                : link.get().settings().forwarding6()));
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
        firewall.close();
        echoes.close();
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
