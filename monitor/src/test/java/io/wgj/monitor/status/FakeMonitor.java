// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.status;

import io.wgj.monitor.model.EventSource;
import io.wgj.monitor.model.MonitorEvent;
import io.wgj.monitor.model.MonitorStatus;
import io.wgj.monitor.model.StatusSource;
import io.wgj.monitor.protocol.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A monitor whose state and events a test makes.
final class FakeMonitor implements StatusSource, EventSource {
    private final List<MonitorEvent> past = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private volatile MonitorStatus status = Samples.everything();

    void become(MonitorStatus other) {
        status = other;
    }

    synchronized void report(MonitorEvent event) {
        past.add(event);
        for (Listener listener : listeners) {
            listener.event(event);
        }
    }

    synchronized int listeners() {
        return listeners.size();
    }

    @Override
    public MonitorStatus status() {
        return status;
    }

    @Override
    public synchronized Subscription subscribe(Instant since, Listener listener) {
        for (MonitorEvent event : past) {
            if (!event.time().isBefore(since)) {
                listener.event(event);
            }
        }
        listeners.add(listener);
        return () -> {
            synchronized (this) {
                listeners.remove(listener);
            }
        };
    }
}
