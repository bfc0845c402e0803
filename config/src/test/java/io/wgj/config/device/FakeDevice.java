// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.device;

import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.IpPrefix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A device in memory that behaves as the kernel's does while its link is down, and is stricter about its callers:
/// an update that the port's documentation rules out is an `IllegalArgumentException`, a call after [#close()] an
/// `IllegalStateException`. Not safe for threads.
public final class FakeDevice implements WireGuardDevice {
    private final DeviceName name;
    private final Map<PublicKey, FakePeer> peers = new LinkedHashMap<>();
    private final List<DeviceUpdate> applied = new ArrayList<>();
    private Optional<PrivateKey> privateKey = Optional.empty();
    private int listenPort;
    private int fwmark;
    private @Nullable DeviceException failure;
    private boolean closed;

    /// A device without keys and peers.
    public FakeDevice(DeviceName name) {
        this.name = name;
    }

    /// Makes every further [#read()] and [#apply] fail.
    public void failWith(DeviceException exception) {
        failure = exception;
    }

    /// The updates that succeeded, in order.
    public List<DeviceUpdate> applied() {
        return List.copyOf(applied);
    }

    /// Whether [#close()] was called.
    public boolean isClosed() {
        return closed;
    }

    /// Puts a peer there as traffic would have left it: with counters and a handshake, which no update can set.
    public void putPeer(PeerState state) {
        peers.put(state.publicKey(), new FakePeer(state));
    }

    @Override
    public DeviceName name() {
        return name;
    }

    @Override
    public DeviceState read() throws DeviceException {
        beforeAnything();
        List<PeerState> states = new ArrayList<>();
        peers.values().forEach(peer -> states.add(peer.read()));
        return new DeviceState(name, privateKey, ownPublicKey(), listenPort, fwmark, states);
    }

    @Override
    public void apply(DeviceUpdate update) throws DeviceException {
        beforeAnything();
        update.peers().forEach(FakeDevice::check);
        update.listenPort().value().ifPresent(port -> require(port >= 0 && port <= 0xffff, "listen port"));
        if (update.replacePeers()) {
            peers.clear();
        }
        update.listenPort().ifMentioned(0, port -> listenPort = port);
        update.fwmark().ifMentioned(0, mark -> fwmark = mark);
        if (update.privateKey().isMentioned()) {
            privateKey = update.privateKey().value().filter(key -> !key.isZero());
            ownPublicKey().ifPresent(peers::remove);
        }
        update.peers().forEach(this::apply);
        applied.add(update);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void apply(PeerUpdate update) {
        if (!(update instanceof PeerUpdate.Put put)) {
            peers.remove(update.publicKey());
            return;
        }
        boolean isOwn = ownPublicKey().filter(put.publicKey()::equals).isPresent();
        if (isOwn || put.updateOnly() && !peers.containsKey(put.publicKey())) {
            return;
        }
        FakePeer peer = peers.computeIfAbsent(put.publicKey(), FakePeer::new);
        peer.apply(put.settings());
        if (put.settings().replaceAllowedIps()) {
            peer.allowedIps.clear();
        }
        for (AllowedIpUpdate allowedIp : put.settings().allowedIps()) {
            IpPrefix prefix = allowedIp.prefix().masked();
            if (allowedIp.remove()) {
                peer.allowedIps.remove(prefix);
            } else {
                peers.values().forEach(other -> other.allowedIps.remove(prefix));
                peer.allowedIps.add(prefix);
            }
        }
    }

    private Optional<PublicKey> ownPublicKey() {
        return privateKey.map(PrivateKey::publicKey);
    }

    private void beforeAnything() throws DeviceException {
        if (closed) {
            throw new IllegalStateException(name + " is closed");
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static void check(PeerUpdate update) {
        if (update instanceof PeerUpdate.Put put) {
            require(!(put.settings().endpoint() instanceof Change.Clear), "no device forgets an endpoint");
            put.settings()
                    .persistentKeepalive()
                    .value()
                    .ifPresent(seconds -> require(seconds > 0 && seconds <= 0xffff, "persistent keepalive"));
        }
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalArgumentException(what);
        }
    }
}
