// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
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

/// The smallest change from a device that runs to what a file says: sessions, and prefixes that stay, are not touched.
public final class DeviceChanges {
    private final DeviceState now;
    private final Predicate<PublicKey> endpointChanged;
    private final Optional<PublicKey> throwAway;
    private final HookChanges hooks;
    private final Map<PublicKey, PeerState> present = new HashMap<>();
    private final Map<PublicKey, DesiredPeer> wishes = new LinkedHashMap<>();
    private final Map<IpPrefix, PublicKey> owners = new LinkedHashMap<>();

    private DeviceChanges(
            DeviceState now, Predicate<PublicKey> endpointChanged, Optional<PublicKey> throwAway, HookChanges hooks) {
        this.now = now;
        this.endpointChanged = endpointChanged;
        this.throwAway = throwAway;
        this.hooks = hooks;
    }

    /// What the file wants, without what no device keeps: a peer that has the device's own key, and values that stand
    /// for none. `ListenPort = 0` leaves the port to the device, which has chosen one; an all-zero key is none.
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
                // Cleared by no file: what it does not name stays, as a hook may have set it.
                noKey && now.privateKey().isEmpty() ? Change.keep() : wanted.privateKey(),
                noPort ? Change.keep() : wanted.listenPort(),
                noMark ? Change.keep() : wanted.fwmark(),
                wanted.replacePeers(),
                peers);
    }

    /// The public key that a device has once it has got this private key, if any.
    public static Optional<PublicKey> ownKey(DeviceState now, Optional<PrivateKey> key) {
        if (key.isEmpty() || key.equals(now.privateKey())) {
            return now.publicKey();
        }
        return key.get().isZero() ? Optional.empty() : Optional.of(key.get().publicKey());
    }

    /// What to send.
    ///
    /// @param wanted the file's whole configuration, as [#normal] has it
    /// @param endpointChanged whether the file has another endpoint for a peer than when it was last applied;
    ///     where it has not, the peer keeps the one it is at, which it may have roamed to
    /// @param hooks what is left as hooks have made it
    public static DeviceUpdate of(
            DeviceState now, DeviceUpdate wanted, Predicate<PublicKey> endpointChanged, HookChanges hooks) {
        return new DeviceChanges(now, endpointChanged, Optional.empty(), hooks).changes(wanted);
    }

    /// The same for kernels before 6.16, which cannot take a single prefix from a peer.
    ///
    /// @param throwAway a key that no peer has: prefixes are moved to it, and it is deleted with them
    public static DeviceUpdate of(
            DeviceState now,
            DeviceUpdate wanted,
            Predicate<PublicKey> endpointChanged,
            HookChanges hooks,
            PublicKey throwAway) {
        return new DeviceChanges(now, endpointChanged, Optional.of(throwAway), hooks).changes(wanted);
    }

    private DeviceUpdate changes(DeviceUpdate wanted) {
        for (PeerUpdate peer : wanted.peers()) {
            if (peer instanceof PeerUpdate.Put put) {
                wishes.computeIfAbsent(put.publicKey(), _ -> new DesiredPeer()).take(put, owners);
            }
        }
        List<PeerUpdate> peers = new ArrayList<>();
        for (PeerState peer : now.peers()) {
            present.put(peer.publicKey(), peer);
            if (!wishes.containsKey(peer.publicKey())) {
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
        for (Map.Entry<PublicKey, DesiredPeer> entry : wishes.entrySet()) {
            Set<IpPrefix> own = prefixes.getOrDefault(entry.getKey(), Set.of());
            change(entry.getKey(), entry.getValue(), own).ifPresent(peers::add);
        }
        throwAway.ifPresent(key -> throwAway(key, peers));
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

    /// Devices clamp keys, files may have them as they were drawn. To set the same key again would end all sessions.
    private static boolean isSame(Optional<PrivateKey> wanted, Optional<PrivateKey> is) {
        return wanted.equals(is)
                || wanted.isPresent()
                        && is.isPresent()
                        && wanted.get().publicKey().equals(is.get().publicKey());
    }

    /// What the file does not name stays as it is: it was chosen by the device, by us or by a hook.
    private static Change<Integer> number(Change<Integer> wanted, int is) {
        Optional<Integer> value = wanted.value();
        return value.isPresent() && value.get() != is ? wanted : Change.keep();
    }

    /// Empty when the peer is as the file wants it.
    private Optional<PeerUpdate> change(PublicKey key, DesiredPeer wish, Set<IpPrefix> prefixes) {
        PeerState peer = present.get(key);
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
            return Optional.of(new PeerUpdate.Put(
                    key, ifAny(wish.presharedKey()), wish.endpoint(), ifAny(wish.keepalive()), false, false, entries));
        }
        if (throwAway.isEmpty()) {
            for (IpPrefix prefix : unwanted(peer)) {
                entries.add(new AllowedIpUpdate(prefix, true));
            }
        }
        boolean sameSecret = wish.presharedKey().value().equals(peer.presharedKey()) || hooks.leavesPresharedKey(key);
        Optional<Endpoint.Numeric> endpoint = wish.endpoint().value();
        boolean sameEndpoint = endpoint.isEmpty() || endpoint.equals(peer.endpoint()) || !endpointChanged.test(key);
        boolean sameKeepalive =
                wish.keepalive().value().orElse(0) == peer.persistentKeepalive() || hooks.leavesKeepalive(key);
        if (sameSecret && sameEndpoint && sameKeepalive && entries.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PeerUpdate.Put(
                key,
                sameSecret ? Change.keep() : wish.presharedKey(),
                sameEndpoint ? Change.keep() : wish.endpoint(),
                sameKeepalive ? Change.keep() : wish.keepalive(),
                false,
                true,
                entries));
    }

    /// A new peer has nothing to be erased.
    private static <T> Change<T> ifAny(Change<T> wish) {
        return wish.value().isPresent() ? wish : Change.keep();
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

    private void throwAway(PublicKey key, List<PeerUpdate> peers) {
        List<AllowedIpUpdate> moved = new ArrayList<>();
        for (PeerState peer : now.peers()) {
            if (wishes.containsKey(peer.publicKey())) {
                for (IpPrefix prefix : unwanted(peer)) {
                    moved.add(AllowedIpUpdate.add(prefix));
                }
            }
        }
        if (!moved.isEmpty()) {
            peers.add(new PeerUpdate.Put(key, Change.keep(), Change.keep(), Change.keep(), false, false, moved));
            peers.add(new PeerUpdate.Remove(key));
        }
    }
}
