// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerState;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpPrefix;
import io.wgj.quick.model.DesiredPeer;
import io.wgj.quick.model.HookChanges;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Finds the smallest change from a running device to what a file says. Sessions and allowed IPs that stay
/// are not touched.
public final class DeviceChanges {
    private final DeviceState now;
    private final Predicate<PublicKey> endpointChanged;
    private final HookChanges hooks;
    private final Map<PublicKey, PeerState> present = new HashMap<>();
    private final Map<PublicKey, DesiredPeer> desired = new LinkedHashMap<>();
    private final Map<IpPrefix, PublicKey> owners = new LinkedHashMap<>();

    private DeviceChanges(DeviceState now, Predicate<PublicKey> endpointChanged, HookChanges hooks) {
        this.now = now;
        this.endpointChanged = endpointChanged;
        this.hooks = hooks;
    }

    /// The file's configuration without the parts that no device keeps: a peer with the device's own key, and
    /// values that stand for none. `ListenPort = 0` leaves the port to the device, which has chosen one; a
    /// key of zeros is none.
    ///
    /// @param markIsOurs whether `up` chose the device's mark: then `FwMark = off` does not ask for another
    public static DeviceUpdate normal(DeviceState now, DeviceUpdate wanted, boolean markIsOurs) {
        Optional<PrivateKey> key = wanted.privateKey().value();
        boolean noKey = key.isPresent() && key.get().isZero();
        Optional<PublicKey> own = ownKey(now, key);
        List<PeerUpdate> peers = new ArrayList<>(wanted.peers().size());
        for (PeerUpdate peer : wanted.peers()) {
            if (own.isEmpty() || !own.get().equals(peer.publicKey())) {
                peers.add(peer);
            }
        }
        boolean noPort = wanted.listenPort().value().orElse(0) == 0;
        boolean noMark = markIsOurs && wanted.fwmark().value().orElse(0) == 0;
        return new DeviceUpdate(
                // A file clears nothing by leaving it out: a hook may have set it.
                noKey && now.privateKey().isEmpty() ? Change.keep() : wanted.privateKey(),
                noPort ? Change.keep() : wanted.listenPort(),
                noMark ? Change.keep() : wanted.fwmark(),
                wanted.replacePeers(),
                peers);
    }

    /// The public key of the device once it has this private key.
    public static Optional<PublicKey> ownKey(DeviceState now, Optional<PrivateKey> key) {
        if (key.isEmpty() || key.equals(now.privateKey())) {
            return now.publicKey();
        }
        return key.get().isZero() ? Optional.empty() : Optional.of(key.get().publicKey());
    }

    /// The update to send.
    ///
    /// @param wanted the file's whole configuration, as [#normal] has it
    /// @param endpointChanged whether the file has another endpoint for a peer than when it was last applied.
    ///     Other peers keep the endpoint that they may have roamed to
    /// @param hooks what hooks have changed, which stays
    public static DeviceUpdate of(
            DeviceState now, DeviceUpdate wanted, Predicate<PublicKey> endpointChanged, HookChanges hooks) {
        return new DeviceChanges(now, endpointChanged, hooks).changes(wanted);
    }

    /// The same change for devices that cannot remove single allowed IPs, as kernels before 6.16: the
    /// prefixes move to another peer, which is removed with them. What has been applied already may be
    /// applied again.
    ///
    /// @param unusedKey a key that no peer has
    public static DeviceUpdate withoutRemovals(DeviceUpdate update, PublicKey unusedKey) {
        List<PeerUpdate> peers = new ArrayList<>();
        List<AllowedIpUpdate> moved = new ArrayList<>();
        for (PeerUpdate peer : update.peers()) {
            if (peer instanceof PeerUpdate.Put put) {
                List<AllowedIpUpdate> added = new ArrayList<>();
                for (AllowedIpUpdate entry : put.settings().allowedIps()) {
                    (entry.remove() ? moved : added).add(AllowedIpUpdate.add(entry.prefix()));
                }
                PeerSettings<Endpoint.Numeric> kept =
                        put.settings().withAllowedIps(put.settings().replaceAllowedIps(), added);
                if (!put.updateOnly() || !kept.isEmpty()) {
                    peers.add(new PeerUpdate.Put(put.publicKey(), put.updateOnly(), kept));
                }
            } else {
                peers.add(peer);
            }
        }
        if (!moved.isEmpty()) {
            peers.add(new PeerUpdate.Put(unusedKey, PeerSettings.NONE.withAllowedIps(false, moved)));
            peers.add(new PeerUpdate.Remove(unusedKey));
        }
        return new DeviceUpdate(
                update.privateKey(), update.listenPort(), update.fwmark(), update.replacePeers(), peers);
    }

    private DeviceUpdate changes(DeviceUpdate wanted) {
        for (PeerUpdate peer : wanted.peers()) {
            if (peer instanceof PeerUpdate.Put put) {
                desired.computeIfAbsent(put.publicKey(), _ -> new DesiredPeer()).take(put, owners);
            }
        }
        List<PeerUpdate> peers = new ArrayList<>();
        for (PeerState peer : now.peers()) {
            present.put(peer.publicKey(), peer);
            if (!desired.containsKey(peer.publicKey())) {
                if (hooks.leavesPeer(peer.publicKey())) {
                    peer.allowedIps().forEach(hooks::stays);
                } else {
                    peers.add(new PeerUpdate.Remove(peer.publicKey()));
                }
            }
        }
        Map<PublicKey, Set<IpPrefix>> prefixes = new HashMap<>();
        owners.forEach((prefix, key) ->
                prefixes.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(prefix));
        for (Map.Entry<PublicKey, DesiredPeer> entry : desired.entrySet()) {
            Set<IpPrefix> own = prefixes.getOrDefault(entry.getKey(), Set.of());
            change(entry.getKey(), entry.getValue(), own).ifPresent(peers::add);
        }
        boolean sameKey = isSame(wanted.privateKey().value(), now.privateKey());
        boolean newKey = wanted.privateKey().value().isPresent() && !sameKey && !hooks.leavesPrivateKey();
        Change<Integer> port = number(wanted.listenPort(), now.listenPort());
        Change<Integer> mark = number(wanted.fwmark(), now.fwmark());
        return new DeviceUpdate(
                newKey ? wanted.privateKey() : Change.keep(),
                port.isMentioned() && hooks.leavesListenPort() ? Change.keep() : port,
                mark.isMentioned() && hooks.leavesFwmark() ? Change.keep() : mark,
                false,
                peers);
    }

    /// Devices clamp keys; files may have them unclamped. Setting the same key again would end all sessions.
    private static boolean isSame(Optional<PrivateKey> wanted, Optional<PrivateKey> is) {
        return wanted.equals(is)
                || wanted.isPresent()
                        && is.isPresent()
                        && wanted.get().publicKey().equals(is.get().publicKey());
    }

    /// What the file does not name stays: the device, an earlier run or a hook has chosen it.
    private static Change<Integer> number(Change<Integer> wanted, int is) {
        Optional<Integer> value = wanted.value();
        return value.isPresent() && value.get() != is ? wanted : Change.keep();
    }

    /// Empty when the peer already is as the file wants it.
    private Optional<PeerUpdate> change(PublicKey key, DesiredPeer wanted, Set<IpPrefix> prefixes) {
        PeerState peer = present.get(key);
        PeerSettings<Endpoint.Numeric> settings = wanted.settings();
        List<AllowedIpUpdate> entries = new ArrayList<>();
        Set<IpPrefix> has = peer == null ? Set.of() : new LinkedHashSet<>(peer.allowedIps());
        for (IpPrefix prefix : prefixes) {
            if (!has.contains(prefix) && !hooks.leavesPrefix(key, prefix)) {
                entries.add(AllowedIpUpdate.add(prefix));
            }
        }
        if (peer == null && hooks.leavesPeer(key)) {
            return Optional.empty();
        }
        if (peer == null) {
            PeerSettings<Endpoint.Numeric> all = settings.withPresharedKey(ifAny(settings.presharedKey()))
                    .withPersistentKeepalive(ifAny(settings.persistentKeepalive()));
            return Optional.of(new PeerUpdate.Put(key, all.withAllowedIps(false, entries)));
        }
        for (IpPrefix prefix : unwanted(peer)) {
            entries.add(new AllowedIpUpdate(prefix, true));
        }
        boolean sameSecret =
                settings.presharedKey().value().equals(peer.presharedKey()) || hooks.leavesPresharedKey(key);
        Optional<Endpoint.Numeric> endpoint = settings.endpoint().value();
        boolean sameEndpoint = endpoint.isEmpty() || endpoint.equals(peer.endpoint()) || !endpointChanged.test(key);
        boolean sameKeepalive = settings.persistentKeepalive().value().orElse(0) == peer.persistentKeepalive()
                || hooks.leavesKeepalive(key);
        if (sameSecret && sameEndpoint && sameKeepalive && entries.isEmpty()) {
            return Optional.empty();
        }
        PeerSettings<Endpoint.Numeric> changed = PeerSettings.NONE
                .withPresharedKey(sameSecret ? Change.keep() : settings.presharedKey())
                .withEndpoint(sameEndpoint ? Change.keep() : settings.endpoint())
                .withPersistentKeepalive(sameKeepalive ? Change.keep() : settings.persistentKeepalive());
        return Optional.of(PeerUpdate.Put.existing(key, changed.withAllowedIps(false, entries)));
    }

    /// A new peer has nothing to clear.
    private static <T> Change<T> ifAny(Change<T> change) {
        return change.value().isPresent() ? change : Change.keep();
    }

    private List<IpPrefix> unwanted(PeerState peer) {
        List<IpPrefix> unwanted = new ArrayList<>();
        for (IpPrefix prefix : peer.allowedIps()) {
            if (!owners.containsKey(prefix)) {
                if (hooks.leavesPrefix(peer.publicKey(), prefix)) {
                    hooks.stays(prefix);
                } else {
                    unwanted.add(prefix);
                }
            }
        }
        return unwanted;
    }
}
