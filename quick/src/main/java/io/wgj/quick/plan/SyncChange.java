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
import io.wgj.quick.model.HookChanges;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What syncconf would change, reduced to what differs.
///
/// @param now the device's state
/// @param update the smallest change with the same result
public record SyncChange(DeviceState now, DeviceUpdate update) {
    /// @param replacing a file's whole configuration
    public static SyncChange of(DeviceState now, DeviceUpdate replacing) {
        DeviceUpdate wanted = DeviceChanges.normal(now, replacing, false);
        DeviceUpdate changed = DeviceChanges.of(now, wanted, _ -> true, HookChanges.none());
        // Unlike a reload, syncconf erases what the file does not name.
        boolean losesKey = isNone(replacing.privateKey()) && now.privateKey().isPresent();
        boolean losesPort = replacing.listenPort().value().orElse(0) == 0 && now.listenPort() != 0;
        boolean losesMark = replacing.fwmark().value().orElse(0) == 0 && now.fwmark() != 0;
        return new SyncChange(
                now,
                new DeviceUpdate(
                        losesKey ? Change.clear() : changed.privateKey(),
                        losesPort ? Change.clear() : changed.listenPort(),
                        losesMark ? Change.clear() : changed.fwmark(),
                        false,
                        changed.peers()));
    }

    private static boolean isNone(Change<PrivateKey> key) {
        return key.value().isEmpty() || key.value().get().isZero();
    }

    /// Whether the device is as the file says.
    public boolean isEmpty() {
        return !update.privateKey().isMentioned()
                && !update.listenPort().isMentioned()
                && !update.fwmark().isMentioned()
                && update.peers().isEmpty();
    }

    /// The device's state after the change.
    public DeviceState then() {
        Map<PublicKey, PeerState> peers = new LinkedHashMap<>();
        for (PeerState peer : now.peers()) {
            peers.put(peer.publicKey(), peer);
        }
        for (PeerUpdate peer : update.peers()) {
            if (peer instanceof PeerUpdate.Put put) {
                put(peers, put);
            } else {
                peers.remove(peer.publicKey());
            }
        }
        Optional<PrivateKey> key =
                update.privateKey().isMentioned() ? update.privateKey().value() : now.privateKey();
        return new DeviceState(
                now.name(),
                key,
                now.publicKey(),
                number(update.listenPort(), now.listenPort()),
                number(update.fwmark(), now.fwmark()),
                List.copyOf(peers.values()));
    }

    private static void put(Map<PublicKey, PeerState> peers, PeerUpdate.Put put) {
        PeerSettings<Endpoint.Numeric> settings = put.settings();
        PeerState peer = peers.getOrDefault(put.publicKey(), new PeerState(put.publicKey()));
        if (settings.presharedKey().isMentioned()) {
            peer = settings.presharedKey().value().isPresent()
                    ? peer.withPresharedKey(settings.presharedKey().value().get())
                    : peer.withoutPresharedKey();
        }
        if (settings.endpoint().value().isPresent()) {
            peer = peer.withEndpoint(settings.endpoint().value().get());
        }
        peer = peer.withPersistentKeepalive(number(settings.persistentKeepalive(), peer.persistentKeepalive()));
        List<IpPrefix> prefixes = new ArrayList<>(peer.allowedIps());
        for (AllowedIpUpdate entry : settings.allowedIps()) {
            if (entry.remove()) {
                prefixes.remove(entry.prefix());
            } else {
                takeFromOthers(peers, put.publicKey(), entry.prefix());
                prefixes.add(entry.prefix());
            }
        }
        peers.put(put.publicKey(), peer.withAllowedIps(prefixes));
    }

    /// A prefix belongs to one peer.
    private static void takeFromOthers(Map<PublicKey, PeerState> peers, PublicKey owner, IpPrefix prefix) {
        for (Map.Entry<PublicKey, PeerState> entry : peers.entrySet()) {
            if (!entry.getKey().equals(owner) && entry.getValue().allowedIps().contains(prefix)) {
                List<IpPrefix> rest = new ArrayList<>(entry.getValue().allowedIps());
                rest.remove(prefix);
                entry.setValue(entry.getValue().withAllowedIps(rest));
            }
        }
    }

    private static int number(Change<Integer> change, int is) {
        return change.isMentioned() ? change.value().orElse(0) : is;
    }
}
