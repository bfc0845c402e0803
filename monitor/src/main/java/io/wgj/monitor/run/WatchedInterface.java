// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.config.device.DeviceState;
import io.wgj.config.device.PeerState;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.monitor.model.EventKind;
import io.wgj.monitor.model.InterfaceStatus;
import io.wgj.monitor.model.PeerStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One interface that the monitor follows, from the moment its link is found until the link is gone.
final class WatchedInterface {
    private static final long SECOND = 1_000_000_000L;
    /// With more peers than this, all are read once a second at most.
    private static final int FEW_PEERS = 100;
    /// A device that has not answered for so long is reported.
    private static final long SLOW_NANOS = 5 * SECOND;

    private FoundInterface found;
    private InterfaceSettings settings = InterfaceSettings.NONE;
    private final Map<PublicKey, WatchedPeer> peers = new LinkedHashMap<>();
    private @Nullable DeviceState device;
    private Optional<PublicKey> publicKey = Optional.empty();
    /// Whether a late sample would make a script late.
    private boolean isPrompt;
    /// How often the device was read.
    private long reads;
    private long nextRead;
    private boolean isReading;
    private long readSince;
    private Optional<String> readFailure = Optional.empty();

    WatchedInterface(FoundInterface found, long now) {
        this.found = found;
        nextRead = now;
    }

    FoundInterface found() {
        return found;
    }

    InterfaceSettings settings() {
        return settings;
    }

    int listenPort() {
        return device == null ? 0 : device.listenPort();
    }

    int fwmark() {
        return device == null ? 0 : device.fwmark();
    }

    Collection<WatchedPeer> peers() {
        return peers.values();
    }

    Optional<WatchedPeer> peer(PublicKey key) {
        return Optional.ofNullable(peers.get(key));
    }

    /// Whether its device was read at least once.
    boolean isSampled() {
        return device != null;
    }

    void rename(FoundInterface now, Reports reports) {
        String before = found.name().text();
        found = now;
        reports.event(EventKind.INTERFACE_CHANGED, now, "renamed, was " + before);
    }

    void use(InterfaceSettings now, Reports reports) {
        settings = now;
        for (WatchedPeer peer : peers.values()) {
            peer.use(now.peer(peer.key()), reports);
        }
    }

    /// Sets whether scripts run for peers of every interface, so that samples must not be far apart.
    void bePrompt(boolean prompt) {
        isPrompt = prompt;
    }

    /// When it has to be looked at next.
    long due() {
        return isReading ? Long.MAX_VALUE : nextRead;
    }

    /// Has it read at `when` at the latest.
    void readBy(long when) {
        nextRead = Math.min(nextRead, when);
    }

    /// Whether a read should start now; it counts as started.
    boolean startRead(long now) {
        if (isReading || nextRead > now) {
            return false;
        }
        isReading = true;
        readSince = now;
        // A change while the device is read brings the next read forward.
        nextRead = Long.MAX_VALUE;
        return true;
    }

    /// Reports a device that does not answer.
    void checkRead(long now, Reports reports) {
        if (isReading && now - readSince > SLOW_NANOS) {
            fail("no answer for " + (now - readSince) / SECOND + " s", reports);
        }
    }

    void failed(String reason, long now, Reports reports) {
        isReading = false;
        readBy(now + SECOND);
        fail(reason, reports);
    }

    /// A read that fails is a sample that is missing; only the first of several is reported.
    private void fail(String reason, Reports reports) {
        if (readFailure.isEmpty()) {
            reports.event(EventKind.MESSAGE, found, "cannot be read: " + reason + "; its peers keep their states");
        }
        readFailure = Optional.of(reason);
    }

    void read(DeviceState now, long nanos, Times times, Reports reports) {
        isReading = false;
        if (readFailure.isPresent()) {
            reports.event(EventKind.MESSAGE, found, "can be read again");
            readFailure = Optional.empty();
        }
        DeviceState before = device;
        device = now;
        if (before == null || !privateKey(before).equals(privateKey(now))) {
            publicKey = now.publicKey();
        }
        if (before != null) {
            reportChange(before, now, reports);
        }
        samplePeers(before == null, now, nanos, times, reports);
        readBy(times.bootNanos() + interval());
    }

    private void samplePeers(boolean first, DeviceState now, long nanos, Times times, Reports reports) {
        reads++;
        int seen = 0;
        for (PeerState state : now.peers()) {
            WatchedPeer peer = peers.get(state.publicKey());
            if (peer == null) {
                peer = new WatchedPeer(this, state.publicKey(), settings.peer(state.publicKey()));
                peers.put(state.publicKey(), peer);
                reports.arrived(peer, found);
                if (!first) {
                    reports.event(EventKind.PEER_ADDED, peer, "");
                }
            }
            seen += peer.isFirstSeenIn(reads) ? 1 : 0;
            peer.sample(state, nanos, times, reports);
        }
        if (seen < peers.size()) {
            removeMissing(reports);
        }
    }

    private void removeMissing(Reports reports) {
        for (Iterator<WatchedPeer> all = peers.values().iterator(); all.hasNext(); ) {
            WatchedPeer peer = all.next();
            if (peer.isFirstSeenIn(reads)) {
                all.remove();
                reports.event(EventKind.PEER_REMOVED, peer, "");
                peer.gone(reports);
                reports.departed(peer, found, settings);
            }
        }
    }

    private void reportChange(DeviceState before, DeviceState now, Reports reports) {
        List<String> changes = new ArrayList<>();
        if (!privateKey(before).equals(privateKey(now))) {
            changes.add("another private key");
        }
        if (before.listenPort() != now.listenPort()) {
            changes.add("listen port " + now.listenPort() + ", was " + before.listenPort());
        }
        if (before.fwmark() != now.fwmark()) {
            changes.add("fwmark 0x" + Integer.toHexString(now.fwmark()) + ", was 0x"
                    + Integer.toHexString(before.fwmark()));
        }
        if (!changes.isEmpty()) {
            reports.event(EventKind.INTERFACE_CHANGED, found, String.join("; ", changes));
        }
    }

    private static Optional<PrivateKey> privateKey(DeviceState state) {
        return state.privateKey();
    }

    /// The shortest interval that any of its peers asks for.
    private long interval() {
        long shortest = isPrompt ? SECOND : 5 * SECOND;
        for (WatchedPeer peer : peers.values()) {
            long wanted = peer.intervalNanos();
            shortest = Math.min(shortest, peer.settings().needsPromptSamples() ? Math.min(wanted, SECOND) : wanted);
        }
        return peers.size() > FEW_PEERS ? Math.max(shortest, SECOND) : shortest;
    }

    /// The link is gone, and its peers with it.
    void gone(Reports reports) {
        for (WatchedPeer peer : peers.values()) {
            peer.gone(reports);
            reports.departed(peer, found, settings);
        }
        peers.clear();
    }

    InterfaceStatus status(Times times) {
        DeviceState now = device;
        List<PeerStatus> states = new ArrayList<>(peers.size());
        for (WatchedPeer peer : peers.values()) {
            states.add(peer.status(times));
        }
        return new InterfaceStatus(
                found.name(),
                found.index(),
                found.source(),
                publicKey,
                now == null ? 0 : now.listenPort(),
                now == null ? 0 : now.fwmark(),
                states,
                settings.path(),
                now == null && readFailure.isEmpty() ? Optional.of("not read yet") : readFailure);
    }
}
