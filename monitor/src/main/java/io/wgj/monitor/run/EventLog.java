// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.config.key.KeyMask;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.text.Printable;
import io.wgj.monitor.model.EventKind;
import io.wgj.monitor.model.EventSource;
import io.wgj.monitor.model.MonitorEvent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The latest events, and those who follow them. Thread-safe.
final class EventLog implements EventSource {
    /// Some megabytes at most.
    private static final int MOST = 10_000;

    private final Supplier<Instant> wall;
    private final Deque<MonitorEvent> recent = new ArrayDeque<>();
    private final List<Listener> listeners = new ArrayList<>();
    private long number;

    EventLog(Supplier<Instant> wall) {
        this.wall = wall;
    }

    @Override
    public synchronized Subscription subscribe(Instant since, Listener listener) {
        for (MonitorEvent event : recent) {
            if (!event.time().isBefore(since)) {
                listener.event(event);
            }
        }
        listeners.add(listener);
        return () -> remove(listener);
    }

    private synchronized void remove(Listener listener) {
        listeners.removeIf(one -> one == listener);
    }

    /// Makes an event of text that may hold anything: keys are hidden, control characters escaped.
    synchronized void add(
            EventKind kind,
            @Nullable DeviceName iface,
            @Nullable PublicKey peer,
            Optional<String> name,
            String reason) {
        number++;
        MonitorEvent event = new MonitorEvent(
                number,
                wall.get(),
                kind,
                Optional.ofNullable(iface),
                Optional.ofNullable(peer),
                name,
                Printable.of(KeyMask.hide(reason)));
        if (recent.size() == MOST) {
            recent.removeFirst();
        }
        recent.addLast(event);
        for (Listener listener : List.copyOf(listeners)) {
            listener.event(event);
        }
    }
}
