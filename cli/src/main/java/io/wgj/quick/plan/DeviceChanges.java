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
    private final Map<PublicKey, PeerState> present = new HashMap<>();
    private final Map<PublicKey, Wish> wishes = new LinkedHashMap<>();
    private final Map<IpPrefix, PublicKey> owners = new LinkedHashMap<>();

    private DeviceChanges(DeviceState now, Predicate<PublicKey> endpointChanged, Optional<PublicKey> throwAway) {
        this.now = now;
        this.endpointChanged = endpointChanged;
        this.throwAway = throwAway;
    }

    /// What to send.
    ///
    /// @param wanted the file's whole configuration
    /// @param endpointChanged whether the file has another endpoint for a peer than when it was last applied;
    ///     where it has not, the peer keeps the one it is at, which it may have roamed to
    public static DeviceUpdate of(DeviceState now, DeviceUpdate wanted, Predicate<PublicKey> endpointChanged) {
        return new DeviceChanges(now, endpointChanged, Optional.empty()).changes(wanted);
    }

    /// The same for kernels before 6.16, which cannot take a single prefix from a peer.
    ///
    /// @param throwAway a key that no peer has: prefixes are moved to it, and it is deleted with them
    public static DeviceUpdate of(
            DeviceState now, DeviceUpdate wanted, Predicate<PublicKey> endpointChanged, PublicKey throwAway) {
        return new DeviceChanges(now, endpointChanged, Optional.of(throwAway)).changes(wanted);
    }

    private DeviceUpdate changes(DeviceUpdate wanted) {
        for (PeerUpdate peer : wanted.peers()) {
            if (peer instanceof PeerUpdate.Put put) {
                wishes.computeIfAbsent(put.publicKey(), _ -> new Wish()).take(put, owners);
            }
        }
        List<PeerUpdate> peers = new ArrayList<>();
        for (PeerState peer : now.peers()) {
            present.put(peer.publicKey(), peer);
            if (!wishes.containsKey(peer.publicKey())) {
                peers.add(new PeerUpdate.Remove(peer.publicKey()));
            }
        }
        Map<PublicKey, Set<IpPrefix>> prefixes = new HashMap<>();
        owners.forEach((prefix, key) ->
                prefixes.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(prefix));
        for (Map.Entry<PublicKey, Wish> entry : wishes.entrySet()) {
            Set<IpPrefix> own = prefixes.getOrDefault(entry.getKey(), Set.of());
            change(entry.getKey(), entry.getValue(), own).ifPresent(peers::add);
        }
        throwAway.ifPresent(key -> throwAway(key, peers));
        boolean sameKey = isSame(wanted.privateKey().value(), now.privateKey());
        boolean newKey = wanted.privateKey().value().isPresent() && !sameKey;
        return new DeviceUpdate(
                newKey ? wanted.privateKey() : Change.keep(),
                number(wanted.listenPort(), now.listenPort()),
                number(wanted.fwmark(), now.fwmark()),
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
    private Optional<PeerUpdate> change(PublicKey key, Wish wish, Set<IpPrefix> prefixes) {
        PeerState peer = present.get(key);
        List<AllowedIpUpdate> entries = new ArrayList<>();
        Set<IpPrefix> has = peer == null ? Set.of() : new LinkedHashSet<>(peer.allowedIps());
        for (IpPrefix prefix : prefixes) {
            if (!has.contains(prefix)) {
                entries.add(AllowedIpUpdate.add(prefix));
            }
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
        boolean sameSecret = wish.presharedKey().value().equals(peer.presharedKey());
        Optional<Endpoint.Numeric> endpoint = wish.endpoint().value();
        boolean sameEndpoint = endpoint.isEmpty() || endpoint.equals(peer.endpoint()) || !endpointChanged.test(key);
        boolean sameKeepalive = wish.keepalive().value().orElse(0) == peer.persistentKeepalive();
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
                unwanted.add(prefix);
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
