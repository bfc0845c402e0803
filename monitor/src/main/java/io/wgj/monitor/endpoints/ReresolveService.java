// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.endpoints;

import io.wgj.config.file.PeerSection;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpFamily;
import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.model.EventKind;
import io.wgj.monitor.model.MonitorContext;
import io.wgj.monitor.model.PeerId;
import io.wgj.monitor.model.PeerService;
import io.wgj.monitor.model.PeerView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Resolves named endpoints of peers again that are down, or that WireGuard has called three times for nothing
/// (`ReresolveEndpoint`). Each time it sets the next address that was not tried in this outage, one by one,
/// until the peer is up.
///
/// Look-ups run in threads of their own: a name server that does not answer delays no other peer.
public final class ReresolveService implements PeerService {
    /// So many open handshake rounds of a peer that was never up count as an outage.
    private static final int ROUNDS = 3;

    private static final int MOST_LOOKUPS = 4;

    private final EndpointHost host;
    private final MonitorContext monitor;
    private final ExecutorService threads;
    private final Map<PeerId, Outage> outages = new HashMap<>();

    /// What was tried for one peer since it failed.
    private static final class Outage {
        private final PeerId id;
        private final Endpoint.Named name;
        private final IpFamily failing;
        private final Set<Endpoint.Numeric> tried = new HashSet<>();
        private String reported = "";
        private Runnable cancel = () -> {};
        private boolean isRunning;

        Outage(PeerId id, Endpoint.Named name, IpFamily failing) {
            this.id = id;
            this.name = name;
            this.failing = failing;
        }
    }

    public ReresolveService(EndpointHost host, MonitorContext monitor) {
        this(
                host,
                monitor,
                Executors.newFixedThreadPool(
                        MOST_LOOKUPS,
                        Thread.ofPlatform().daemon().name("resolver-", 0).factory()));
    }

    ReresolveService(EndpointHost host, MonitorContext monitor, ExecutorService threads) {
        this.host = host;
        this.monitor = monitor;
        this.threads = threads;
    }

    @Override
    public void gone(PeerView last) {
        end(last.id());
    }

    @Override
    public void changed(@Nullable PeerView before, PeerView now) {
        Optional<Endpoint.Named> name = name(now);
        if (name.isEmpty() || !fails(now)) {
            end(now.id());
            return;
        }
        Outage outage = outages.get(now.id());
        if (outage == null || !outage.name.equals(name.get())) {
            end(now.id());
            IpFamily family =
                    now.device().endpoint().map(one -> one.address().family()).orElse(IpFamily.V4);
            Outage begun = new Outage(now.id(), name.get(), family);
            now.device().endpoint().ifPresent(begun.tried::add);
            outages.put(now.id(), begun);
            look(begun);
        }
    }

    private void end(PeerId id) {
        Outage outage = outages.remove(id);
        if (outage != null) {
            outage.cancel.run();
        }
    }

    /// The name to resolve; empty for a peer whose endpoint is a number, or whose file does not ask for it.
    private static Optional<Endpoint.Named> name(PeerView peer) {
        Optional<PeerSection> section = peer.settings();
        if (section.isPresent()
                && section.get().reresolveEndpoint().isPresent()
                && section.get().endpoint().isPresent()
                && section.get().endpoint().get().value() instanceof Endpoint.Named named) {
            return Optional.of(named);
        }
        return Optional.empty();
    }

    private static boolean fails(PeerView peer) {
        return peer.state() == PeerState.DOWN || peer.state() == PeerState.CONNECTING && peer.openRounds() >= ROUNDS;
    }

    private void look(Outage outage) {
        if (outage.isRunning) {
            return;
        }
        outage.isRunning = true;
        threads.execute(() -> {
            try {
                List<Endpoint.Numeric> answers = host.resolve(outage.name);
                monitor.execute(() -> resolved(outage, answers));
            } catch (IOException | RuntimeException failure) {
                String why = String.valueOf(failure.getMessage());
                monitor.execute(() -> failed(outage, why));
            }
        });
    }

    private void failed(Outage outage, String why) {
        outage.isRunning = false;
        if (outages.get(outage.id) == outage) {
            report(outage, outage.name + " could not be resolved: " + why);
            again(outage);
        }
    }

    private void resolved(Outage outage, List<Endpoint.Numeric> answers) {
        Optional<PeerView> peer = monitor.peer(outage.id);
        if (outages.get(outage.id) != outage || peer.isEmpty()) {
            outage.isRunning = false;
            return;
        }
        Optional<Endpoint.Numeric> now = peer.get().device().endpoint();
        Optional<Endpoint.Numeric> next = next(outage, answers, now);
        if (next.isEmpty()) {
            outage.isRunning = false;
            report(outage, outage.name + " is " + listed(answers) + ", as before");
            again(outage);
            return;
        }
        Endpoint.Numeric chosen = next.get();
        outage.tried.add(chosen);
        PeerView view = peer.get();
        threads.execute(() -> {
            try {
                host.set(view.iface(), view.source(), outage.id.key(), chosen);
                monitor.execute(() -> set(outage, answers, now, chosen));
            } catch (IOException | RuntimeException failure) {
                String why = String.valueOf(failure.getMessage());
                monitor.execute(() -> {
                    outage.tried.remove(chosen);
                    failed(outage, "the endpoint " + chosen + " could not be set: " + why);
                });
            }
        });
    }

    /// The next address to try. When all were tried, they are tried once more.
    private static Optional<Endpoint.Numeric> next(
            Outage outage, List<Endpoint.Numeric> answers, Optional<Endpoint.Numeric> now) {
        List<Endpoint.Numeric> order = new ArrayList<>(AddressOrder.of(answers, outage.failing));
        for (Endpoint.Numeric address : order) {
            if (!outage.tried.contains(address)) {
                return Optional.of(address);
            }
        }
        now.ifPresent(order::remove);
        outage.tried.clear();
        now.ifPresent(outage.tried::add);
        return order.isEmpty() ? Optional.empty() : Optional.of(order.getFirst());
    }

    private void set(
            Outage outage, List<Endpoint.Numeric> answers, Optional<Endpoint.Numeric> before, Endpoint.Numeric chosen) {
        outage.isRunning = false;
        String was = before.isPresent() ? ", was " + before.get() : "";
        outage.reported = "";
        report(outage, outage.name + " is " + listed(answers) + (answers.size() > 1 ? "; now " + chosen : "") + was);
        if (outages.get(outage.id) == outage) {
            monitor.sampleSoon(outage.id);
            again(outage);
        }
    }

    private static String listed(List<Endpoint.Numeric> answers) {
        StringBuilder text = new StringBuilder();
        for (Endpoint.Numeric answer : answers) {
            text.append(text.isEmpty() ? "" : ", ").append(answer);
        }
        return text.toString();
    }

    private void again(Outage outage) {
        Optional<PeerView> peer = monitor.peer(outage.id);
        long every = peer.flatMap(PeerView::settings)
                .flatMap(PeerSection::reresolveEndpoint)
                .map(duration -> duration.toNanos())
                .orElse(Long.MAX_VALUE);
        if (every != Long.MAX_VALUE) {
            outage.cancel = monitor.at(monitor.bootNanos() + every, () -> look(outage));
        }
    }

    /// Reports a result that is another one than the last of this outage.
    private void report(Outage outage, String sentence) {
        if (!sentence.equals(outage.reported)) {
            outage.reported = sentence;
            monitor.report(EventKind.ENDPOINT_RESOLVED, outage.id, sentence);
        }
    }

    @Override
    public void close() {
        for (PeerId id : List.copyOf(outages.keySet())) {
            end(id);
        }
        threads.shutdownNow();
    }
}
