// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceException.Reason;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.HandshakeTime;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerState;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.engine.allowed.AllowedIpsTable;
import io.wgj.netlink.sys.Errno;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The device in this process as commands see it: its configuration is read and changed as a whole. Any
/// thread may call; a request excludes others and CONTROL. Peers are listed in the order of their creation.
///
/// The link is down at first, and no port is taken then. [#apply] binds a port that is named, at once, so
/// that its caller learns of a failure.
public final class EngineDevice implements WireGuardDevice {
    private final DeviceName name;
    /// Its monitor guards this object's fields, too.
    private final Configuration configuration;
    private final SocketPort sockets;
    private final AllowedIpsTable<Peer> allowedIps = new AllowedIpsTable<>();
    private Optional<PrivateKey> privateKey = Optional.empty();
    private int listenPort;
    private int fwmark;
    private int refusal;

    /// @param core which is read and changed
    public EngineDevice(DeviceName name, DeviceCore core, SocketPort sockets) {
        this.name = name;
        this.configuration = core.configuration();
        this.sockets = sockets;
    }

    @Override
    public DeviceName name() {
        return name;
    }

    /// The link came up: listens and starts the peers' keepalives. Does nothing when the device is up.
    ///
    /// @throws DeviceException with the errno of binding (`EADDRINUSE`, `EACCES`, …); the device stays down
    public void up() throws DeviceException {
        synchronized (configuration) {
            if (!configuration.isUp()) {
                try {
                    listenPort = sockets.bind(listenPort);
                } catch (DeviceException e) {
                    refusal = e.errno();
                    throw e;
                }
                refusal = 0;
                configuration.up();
            }
        }
    }

    /// Whether the device is up, and so listens.
    public boolean isUp() {
        return configuration.isUp();
    }

    /// The errno of the last [#up()]; 0 when it succeeded, or when the link has gone down since.
    public int refusal() {
        synchronized (configuration) {
            return refusal;
        }
    }

    /// The link went down: forgets sessions and stops listening. The port is kept for the next [#up()].
    public void down() {
        synchronized (configuration) {
            refusal = 0;
            if (configuration.isUp()) {
                configuration.down();
                sockets.unbind();
            }
        }
    }

    @Override
    public DeviceState read() {
        synchronized (configuration) {
            List<PeerState> states = new ArrayList<>();
            for (Peer peer : configuration.all()) {
                states.add(stateOf(peer));
            }
            Optional<PublicKey> publicKey = Optional.ofNullable(configuration.publicKey());
            return new DeviceState(name, privateKey, publicKey, listenPort, fwmark, states);
        }
    }

    /// Changes what `update` mentions. Handshakes see all of it or nothing, and packets see all allowed IPs
    /// change at once. A port that is named is bound also while the link is down.
    ///
    /// @throws DeviceException when a number is out of range (`EINVAL`), the port cannot be bound
    ///     (`EADDRINUSE`, `EACCES`, …) or marking is refused; nothing has changed then
    @Override
    public void apply(DeviceUpdate update) throws DeviceException {
        check(update);
        synchronized (configuration) {
            applyToSockets(update);
            if (update.replacePeers()) {
                configuration.all().forEach(this::remove);
            }
            if (update.privateKey().isMentioned()) {
                setPrivateKey(
                        update.privateKey().value().filter(key -> !key.isZero()).map(PrivateKey::clamped));
            }
            Set<Peer> touched = new LinkedHashSet<>();
            Set<Peer> awakened = new HashSet<>();
            for (PeerUpdate peer : update.peers()) {
                apply(peer, touched, awakened);
            }
            configuration.publishAllowedIps(allowedIps.snapshot());
            configuration.publishSources();
            for (Peer peer : touched) {
                configuration.changed(peer, awakened.contains(peer));
            }
        }
    }

    /// Sets the addresses that a peer may send from (`AllowedSources`). Other datagrams are dropped: before
    /// cryptography when no peer may have sent them, otherwise as soon as the peer is known. Empty admits
    /// none, null any. Does nothing for an unknown peer.
    public void setAllowedSources(PublicKey key, @Nullable Collection<IpPrefix> sources) {
        synchronized (configuration) {
            Peer peer = configuration.find(key);
            if (peer != null) {
                configuration.setAllowedSources(peer, sources);
                configuration.publishSources();
            }
        }
    }

    /// The same for all existing peers at once.
    public void setAllowedSources(Function<PublicKey, @Nullable List<IpPrefix>> sourcesOf) {
        synchronized (configuration) {
            for (Peer peer : configuration.all()) {
                configuration.setAllowedSources(peer, sourcesOf.apply(peer.publicKey()));
            }
            configuration.publishSources();
        }
    }

    /// Sets the local address that all datagrams of a family leave from (`Underlay = src`).
    ///
    /// @param source an address of that family; null leaves it to the kernel
    public void setUnderlaySource(IpFamily family, @Nullable IpAddress source) {
        configuration.setUnderlaySource(family, source);
    }

    /// The flows of all peers that have an endpoint.
    public Map<PublicKey, UdpFlow> flows() {
        synchronized (configuration) {
            Map<PublicKey, UdpFlow> flows = new LinkedHashMap<>();
            for (Peer peer : configuration.all()) {
                UdpFlow flow = peer.flow();
                if (flow != null) {
                    flows.put(peer.publicKey(), flow);
                }
            }
            return flows;
        }
    }

    /// The mark of encrypted packets; 0 for none.
    public int fwmark() {
        synchronized (configuration) {
            return fwmark;
        }
    }

    /// Replaces a peer's flow, unless it is not `seen` any more.
    public void replaceFlow(PublicKey key, UdpFlow seen, UdpFlow next) {
        synchronized (configuration) {
            Peer peer = configuration.find(key);
            if (peer != null && seen.equals(peer.flow())) {
                peer.setFlow(next);
            }
        }
    }

    /// Runs `action` each time an IPv4 peer is answered from another address than before, because its
    /// datagrams arrive at that. A thread that carries packets calls it.
    public void onSourceLearnt(Runnable action) {
        configuration.onSourceLearnt(action);
    }

    /// Takes the device down and wipes every key.
    @Override
    public void close() {
        synchronized (configuration) {
            down();
            configuration.all().forEach(this::remove);
            setPrivateKey(Optional.empty());
            configuration.publishAllowedIps(allowedIps.snapshot());
        }
    }

    private PeerState stateOf(Peer peer) {
        byte[] presharedKey = peer.handshake.presharedKey;
        List<IpPrefix> prefixes = new ArrayList<>();
        allowedIps.forEach(peer, new AllowedIpsTable.Prefixes() {
            @Override
            public void prefix4(int address, int length) {
                prefixes.add(new IpPrefix(IpAddress.ofV4(address), length));
            }

            @Override
            public void prefix6(long high, long low, int length) {
                prefixes.add(new IpPrefix(IpAddress.ofV6(high, low), length));
            }
        });
        UdpFlow flow = peer.flow();
        Instant latest = peer.latestHandshake;
        PeerState state = new PeerState(peer.publicKey())
                .withPresharedKey(PresharedKey.of(presharedKey))
                .withAllowedIps(prefixes)
                .withTraffic(peer.rxBytes(), peer.txBytes())
                .withPersistentKeepalive((int) (peer.timers.persistentKeepalive() / 1_000_000_000L));
        if (latest != null) {
            state = state.withLatestHandshake(new HandshakeTime(latest.getEpochSecond(), latest.getNano()));
        }
        return flow == null ? state : state.withEndpoint(flow.endpoint());
    }

    private static void check(DeviceUpdate update) throws DeviceException {
        checkRange(update.listenPort().value(), "listen port");
        for (PeerUpdate peer : update.peers()) {
            if (peer instanceof PeerUpdate.Put put) {
                PeerSettings<Endpoint.Numeric> settings = put.settings();
                checkRange(settings.persistentKeepalive().value(), "persistent keepalive");
                if (settings.endpoint().isMentioned()
                        && settings.endpoint().value().isEmpty()) {
                    throw invalid("an endpoint cannot be forgotten");
                }
            }
        }
    }

    private static void checkRange(Optional<Integer> number, String what) throws DeviceException {
        if (number.isPresent() && (number.get() < 0 || number.get() > 0xffff)) {
            throw invalid(what + " " + number.get());
        }
    }

    private static DeviceException invalid(String detail) {
        return new DeviceException(Reason.INVALID, Errno.EINVAL, detail);
    }

    /// What may fail comes first, and is undone when its second half fails.
    private void applyToSockets(DeviceUpdate update) throws DeviceException {
        int newMark = update.fwmark().isMentioned() ? update.fwmark().value().orElse(0) : fwmark;
        int newPort =
                update.listenPort().isMentioned() ? update.listenPort().value().orElse(0) : listenPort;
        boolean rebinds =
                update.listenPort().isMentioned() && (configuration.isUp() ? newPort != listenPort : newPort != 0);
        boolean releases = update.listenPort().isMentioned() && !configuration.isUp() && newPort == 0;
        if (newMark != fwmark) {
            sockets.mark(newMark);
        }
        if (releases) {
            sockets.unbind();
        } else if (rebinds) {
            try {
                newPort = sockets.bind(newPort);
            } catch (DeviceException e) {
                if (newMark != fwmark) {
                    restoreMark(e);
                }
                throw e;
            }
        }
        if (rebinds || newMark != fwmark) {
            configuration.forgetSources();
        }
        fwmark = newMark;
        listenPort = newPort;
    }

    private void restoreMark(DeviceException failure) {
        try {
            sockets.mark(fwmark);
        } catch (DeviceException e) {
            failure.addSuppressed(e);
        }
    }

    private void setPrivateKey(Optional<PrivateKey> key) {
        if (key.equals(privateKey)) {
            return;
        }
        privateKey = key;
        byte[] bytes = key.isPresent() ? key.get().toBytes() : null;
        configuration.setPrivateKey(bytes);
        if (bytes != null) {
            Arrays.fill(bytes, (byte) 0);
        }
        PublicKey own = configuration.publicKey();
        Peer self = own == null ? null : configuration.find(own);
        if (self != null) {
            remove(self);
        }
    }

    private void apply(PeerUpdate update, Set<Peer> touched, Set<Peer> awakened) {
        Peer peer = configuration.find(update.publicKey());
        if (!(update instanceof PeerUpdate.Put put)) {
            if (peer != null) {
                remove(peer);
            }
            return;
        }
        if (peer == null) {
            if (put.updateOnly() || isOwn(put.publicKey())) {
                return;
            }
            peer = configuration.add(put.publicKey());
        }
        boolean wasOff = peer.timers.persistentKeepalive() == 0;
        configure(peer, put.settings());
        touched.add(peer);
        if (wasOff && peer.timers.persistentKeepalive() != 0) {
            awakened.add(peer);
        }
    }

    private boolean isOwn(PublicKey key) {
        PublicKey own = configuration.publicKey();
        return own != null && own.equals(key);
    }

    private void configure(Peer peer, PeerSettings<Endpoint.Numeric> settings) {
        if (settings.presharedKey().isMentioned()) {
            byte[] key =
                    settings.presharedKey().value().map(PresharedKey::toBytes).orElseGet(() -> new byte[32]);
            configuration.setPresharedKey(peer, key);
            Arrays.fill(key, (byte) 0);
        }
        settings.endpoint().value().ifPresent(endpoint -> configuration.setEndpoint(peer, UdpFlow.to(endpoint)));
        if (settings.persistentKeepalive().isMentioned()) {
            configuration.setPersistentKeepalive(
                    peer, settings.persistentKeepalive().value().orElse(0));
        }
        if (settings.replaceAllowedIps()) {
            allowedIps.removeAll(peer);
        }
        for (AllowedIpUpdate allowedIp : settings.allowedIps()) {
            apply(peer, allowedIp);
        }
    }

    private void apply(Peer peer, AllowedIpUpdate update) {
        IpAddress address = update.prefix().address();
        int length = update.prefix().length();
        if (address.family() == IpFamily.V6) {
            if (update.remove()) {
                allowedIps.remove6(address.high(), address.low(), length, peer);
            } else {
                allowedIps.insert6(address.high(), address.low(), length, peer);
            }
        } else if (update.remove()) {
            allowedIps.remove4((int) address.low(), length, peer);
        } else {
            allowedIps.insert4((int) address.low(), length, peer);
        }
    }

    private void remove(Peer peer) {
        allowedIps.removeAll(peer);
        configuration.remove(peer);
    }
}
