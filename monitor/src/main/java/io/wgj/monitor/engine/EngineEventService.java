// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.engine;

import io.wgj.config.device.DeviceException;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.engine.uapi.EngineEvent;
import io.wgj.engine.uapi.EngineEvents;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.monitor.liveness.EngineSign;
import io.wgj.monitor.model.DeviceSource;
import io.wgj.monitor.model.MonitorContext;
import io.wgj.monitor.model.PeerId;
import io.wgj.monitor.model.PeerService;
import io.wgj.monitor.model.PeerView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the events of each engine of ours, on a thread for each interface, and has the device read as soon as
/// something happens. An engine that is not ours refuses the request once, and is not asked again while its link
/// lasts.
public final class EngineEventService implements PeerService {
    /// Opens the events of an engine: [io.wgj.engine.uapi.UapiDevice#events] in life.
    @FunctionalInterface
    public interface Source {
        EngineEvents open(DeviceName name) throws DeviceException;
    }

    private final Source source;
    private final MonitorContext monitor;
    private final Map<Integer, Watch> watches = new HashMap<>();

    public EngineEventService(Source source, MonitorContext monitor) {
        this.source = source;
        this.monitor = monitor;
    }

    /// The engines behind the sockets of this host.
    public static Factory of(UapiSockets sockets) {
        return monitor -> new EngineEventService(name -> sockets.open(name).events(), monitor);
    }

    @Override
    public void changed(@Nullable PeerView before, PeerView now) {
        if (now.source() != DeviceSource.USERSPACE) {
            return;
        }
        Watch watch = watches.get(now.id().index());
        if (watch == null) {
            watch = new Watch(now.id().index(), now.iface());
            watches.put(now.id().index(), watch);
            watch.start();
        }
        watch.peers.add(now.id().key());
    }

    @Override
    public void gone(PeerView last) {
        Watch watch = watches.get(last.id().index());
        if (watch != null && watch.peers.remove(last.id().key()) && watch.peers.isEmpty()) {
            watches.remove(last.id().index());
            watch.end();
        }
    }

    @Override
    public void close() {
        watches.values().forEach(Watch::end);
        watches.clear();
    }

    /// What an event means for the liveness of its peer; empty when it means nothing.
    static Optional<EngineSign> sign(EngineEvent.Kind kind) {
        return switch (kind) {
            case INITIATION_SENT -> Optional.of(EngineSign.CALLED);
            case INITIATION_RECEIVED -> Optional.of(EngineSign.KNOCKED);
            case GIVEN_UP -> Optional.of(EngineSign.GAVE_UP);
            case COMPLETED, UNANSWERED, KEYS_FORGOTTEN, ENDPOINT_MOVED -> Optional.of(EngineSign.CHANGED);
            case RESPONSE_RECEIVED, DROPPED, NETWORK_ERROR, LOST -> Optional.empty();
        };
    }

    /// The events of one interface.
    private final class Watch {
        /// After a stream has ended: the engine is about to end, or has dropped this reader.
        private static final long PAUSE_MILLIS = 1_000;

        private final int index;
        private final DeviceName name;
        /// For the monitor's thread.
        private final Set<PublicKey> peers = new HashSet<>();

        private @Nullable EngineEvents events;
        private boolean ended;

        Watch(int index, DeviceName name) {
            this.index = index;
            this.name = name;
        }

        void start() {
            Thread.ofPlatform().daemon().name("engine-events").start(this::run);
        }

        private void run() {
            try {
                while (follow()) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        /// Passes on the events of one connection. Whether to connect again.
        private boolean follow() {
            try (EngineEvents stream = source.open(name)) {
                if (!keep(stream)) {
                    return false;
                }
                for (Optional<EngineEvent> event = stream.next(); event.isPresent(); event = stream.next()) {
                    pass(event.get());
                }
            } catch (DeviceException _) {
                // Not our engine, or it is gone. Its peers are judged by samples, as those of any other device.
                return false;
            }
            return !hasEnded();
        }

        private void pass(EngineEvent event) {
            Optional<EngineSign> sign = sign(event.kind());
            if (event.peer().isPresent() && sign.isPresent()) {
                PeerId id = new PeerId(index, event.peer().get());
                monitor.execute(() -> monitor.seen(id, sign.get()));
            }
        }

        private synchronized boolean keep(EngineEvents stream) {
            events = stream;
            return !ended;
        }

        private synchronized boolean hasEnded() {
            return ended;
        }

        synchronized void end() {
            ended = true;
            if (events != null) {
                events.end();
            }
        }
    }
}
