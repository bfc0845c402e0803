// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpPrefix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What the hooks of `up` have changed. A reload leaves it, because the next `up` would change it again.
/// Remembers which changes were asked for: a later reload needs only these.
public final class HookChanges {
    private static final long PRIVATE_KEY = Fingerprint.of("private-key");
    private static final long LISTEN_PORT = Fingerprint.of("listen-port");
    private static final long FWMARK = Fingerprint.of("fwmark");

    private final List<Step> steps;
    private final Set<Long> device;
    private final Set<Object> identities = new HashSet<>();
    private final List<Step> stepsInUse = new ArrayList<>();
    private final Set<Long> deviceInUse = new HashSet<>();
    private final Set<IpPrefix> prefixes = new LinkedHashSet<>();

    /// @param steps the steps of ours that hooks have undone
    /// @param device fingerprints of what hooks have changed of the device
    public HookChanges(List<Step> steps, Set<Long> device) {
        this.steps = List.copyOf(steps);
        this.device = Set.copyOf(device);
        for (Step step : steps) {
            identities.add(step.identity());
        }
    }

    /// No hook has changed anything.
    public static HookChanges none() {
        return new HookChanges(List.of(), Set.of());
    }

    /// @param changes what a reload would send right after the hooks
    public static Set<Long> changed(DeviceUpdate changes) {
        Set<Long> changed = new HashSet<>();
        if (changes.privateKey().isMentioned()) {
            changed.add(PRIVATE_KEY);
        }
        if (changes.listenPort().isMentioned()) {
            changed.add(LISTEN_PORT);
        }
        if (changes.fwmark().isMentioned()) {
            changed.add(FWMARK);
        }
        for (PeerUpdate peer : changes.peers()) {
            PublicKey key = peer.publicKey();
            if (!(peer instanceof PeerUpdate.Put put) || !put.updateOnly()) {
                changed.add(of("peer", key));
                continue;
            }
            if (put.settings().presharedKey().isMentioned()) {
                changed.add(of("preshared-key", key));
            }
            if (put.settings().persistentKeepalive().isMentioned()) {
                changed.add(of("keepalive", key));
            }
            for (AllowedIpUpdate entry : put.settings().allowedIps()) {
                changed.add(of(entry.prefix().text(), key));
            }
        }
        return changed;
    }

    private static long of(String what, PublicKey peer) {
        return Fingerprint.of(what + " " + peer.toBase64());
    }

    public boolean leaves(Step step) {
        if (identities.contains(step.identity())) {
            stepsInUse.add(step);
            return true;
        }
        return false;
    }

    public boolean leavesPrivateKey() {
        return leaves(PRIVATE_KEY);
    }

    public boolean leavesListenPort() {
        return leaves(LISTEN_PORT);
    }

    public boolean leavesFwmark() {
        return leaves(FWMARK);
    }

    /// Whether a hook added the peer, or removed it.
    public boolean leavesPeer(PublicKey peer) {
        return !device.isEmpty() && leaves(of("peer", peer));
    }

    public boolean leavesPresharedKey(PublicKey peer) {
        return !device.isEmpty() && leaves(of("preshared-key", peer));
    }

    public boolean leavesKeepalive(PublicKey peer) {
        return !device.isEmpty() && leaves(of("keepalive", peer));
    }

    public boolean leavesPrefix(PublicKey peer, IpPrefix prefix) {
        return !device.isEmpty() && leaves(of(prefix.text(), peer));
    }

    private boolean leaves(long fingerprint) {
        boolean leaves = device.contains(fingerprint);
        if (leaves) {
            deviceInUse.add(fingerprint);
        }
        return leaves;
    }

    /// Notes that a prefix stays on the device although the file does not have it.
    public void stays(IpPrefix prefix) {
        prefixes.add(prefix);
    }

    /// The prefixes that stay.
    public Set<IpPrefix> prefixes() {
        return prefixes;
    }

    /// The steps that were asked for.
    public List<Step> stepsInUse() {
        return stepsInUse;
    }

    /// The fingerprints that were asked for.
    public Set<Long> deviceInUse() {
        return deviceInUse;
    }

    /// The steps of ours that hooks have undone.
    public List<Step> steps() {
        return steps;
    }

    /// Fingerprints of what hooks have changed of the device.
    public Set<Long> device() {
        return device;
    }
}
