// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.endpoints;

import io.wgj.config.file.PeerSection;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpPrefix;
import io.wgj.monitor.model.EventKind;
import io.wgj.monitor.model.MonitorContext;
import io.wgj.monitor.model.PeerId;
import io.wgj.monitor.model.PeerService;
import io.wgj.monitor.model.PeerView;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Reports a peer that is seen at an address that its `AllowedSources` do not have, and puts its endpoint back.
///
/// The filter of a kernel device's port knows only the union of all peers' networks, so a peer may move into
/// another peer's networks. Our own engine checks each peer by itself.
public final class SourceService implements PeerService {
    private static final long SECOND = 1_000_000_000L;
    /// The least time between two changes of one peer's endpoint.
    private static final long LEAST_PAUSE = 5 * SECOND;

    private final EndpointHost host;
    private final MonitorContext monitor;
    private final ExecutorService thread;
    private final Map<PeerId, Watched> watched = new HashMap<>();

    private static final class Watched {
        private Optional<Endpoint.Numeric> good = Optional.empty();
        private long notBefore = Long.MIN_VALUE;
        private boolean isWaiting;
        private String reported = "";
    }

    public SourceService(EndpointHost host, MonitorContext monitor) {
        this(
                host,
                monitor,
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("sources").factory()));
    }

    SourceService(EndpointHost host, MonitorContext monitor, ExecutorService thread) {
        this.host = host;
        this.monitor = monitor;
        this.thread = thread;
    }

    @Override
    public void gone(PeerView last) {
        watched.remove(last.id());
    }

    @Override
    public void changed(@Nullable PeerView before, PeerView now) {
        List<IpPrefix> allowed = now.settings().map(PeerSection::allowedSources).orElse(List.of());
        Optional<Endpoint.Numeric> endpoint = now.device().endpoint();
        if (allowed.isEmpty() || endpoint.isEmpty()) {
            watched.remove(now.id());
            return;
        }
        Watched peer = watched.computeIfAbsent(now.id(), _ -> new Watched());
        if (isAllowed(endpoint.get(), allowed)) {
            peer.good = endpoint;
            peer.reported = "";
        } else {
            putBack(now, peer, endpoint.get(), allowed);
        }
    }

    private static boolean isAllowed(Endpoint.Numeric endpoint, List<IpPrefix> allowed) {
        for (IpPrefix network : allowed) {
            if (network.contains(endpoint.address())) {
                return true;
            }
        }
        return false;
    }

    private void putBack(PeerView now, Watched peer, Endpoint.Numeric seen, List<IpPrefix> allowed) {
        Optional<Endpoint.Numeric> back = peer.good
                .filter(one -> isAllowed(one, allowed))
                .or(() -> written(now).filter(one -> isAllowed(one, allowed)));
        String sentence = "seen at " + seen + ", which AllowedSources of this peer does not have; "
                + (back.isPresent()
                        ? "its endpoint is set back to " + back.get()
                        : "no endpoint is known to set it back to");
        if (!sentence.equals(peer.reported)) {
            peer.reported = sentence;
            monitor.report(EventKind.MESSAGE, now.id(), sentence);
        }
        if (back.isEmpty() || peer.isWaiting) {
            return;
        }
        peer.isWaiting = true;
        long at = Math.max(monitor.bootNanos(), peer.notBefore);
        peer.notBefore = at + LEAST_PAUSE;
        monitor.at(at, () -> set(now.id(), peer, back.get()));
    }

    private void set(PeerId id, Watched peer, Endpoint.Numeric back) {
        peer.isWaiting = false;
        Optional<PeerView> now = monitor.peer(id);
        if (now.isEmpty() || watched.get(id) != peer) {
            return;
        }
        thread.execute(() -> {
            try {
                host.set(now.get().iface(), now.get().source(), id.key(), back);
                monitor.execute(() -> isSet(id));
            } catch (IOException | RuntimeException failure) {
                String why = "the endpoint could not be set back to " + back + ": " + failure.getMessage();
                monitor.execute(() -> monitor.report(EventKind.MESSAGE, id, why));
            }
        });
    }

    /// Has the device read soon, and looks once more later: the peer may have moved again before.
    private void isSet(PeerId id) {
        monitor.sampleSoon(id);
        monitor.at(monitor.bootNanos() + LEAST_PAUSE, () -> {
            Optional<PeerView> now = monitor.peer(id);
            now.ifPresent(view -> changed(view, view));
        });
    }

    /// The endpoint of the file, if it is a number.
    private static Optional<Endpoint.Numeric> written(PeerView peer) {
        Optional<PeerSection> section = peer.settings();
        return section.isPresent()
                        && section.get().endpoint().isPresent()
                        && section.get().endpoint().get().value() instanceof Endpoint.Numeric numeric
                ? Optional.of(numeric)
                : Optional.empty();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
