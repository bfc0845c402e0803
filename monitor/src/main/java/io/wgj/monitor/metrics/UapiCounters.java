// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.metrics;

import io.wgj.config.device.DeviceException;
import io.wgj.config.net.DeviceName;
import io.wgj.engine.uapi.EngineStat;
import io.wgj.engine.uapi.UapiSockets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks engines over their UAPI sockets. An engine that does not answer keeps one thread, and no scrape waits
/// for it longer than a second.
public final class UapiCounters implements EngineCounters {
    private static final long LONGEST_WAIT_MILLIS = 1_000;

    private final UapiSockets sockets;
    private final Executor threads;
    private final Map<DeviceName, CompletableFuture<List<EngineStat>>> reads = new HashMap<>();

    public UapiCounters(UapiSockets sockets) {
        this(
                sockets,
                read -> Thread.ofPlatform().daemon().name("engine-counters").start(read));
    }

    UapiCounters(UapiSockets sockets, Executor threads) {
        this.sockets = sockets;
        this.threads = threads;
    }

    @Override
    public List<EngineStat> of(DeviceName device) {
        CompletableFuture<List<EngineStat>> read = read(device);
        try {
            return read.get(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) {
            return List.of();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /// The read of the device that goes on, or a new one.
    private synchronized CompletableFuture<List<EngineStat>> read(DeviceName device) {
        for (DeviceName name : new ArrayList<>(reads.keySet())) {
            CompletableFuture<List<EngineStat>> read = reads.get(name);
            if (read != null && read.isDone()) {
                reads.remove(name);
            }
        }
        CompletableFuture<List<EngineStat>> running = reads.get(device);
        if (running == null) {
            running = CompletableFuture.supplyAsync(() -> stats(device), threads);
            reads.put(device, running);
        }
        return running;
    }

    private List<EngineStat> stats(DeviceName device) {
        try {
            return sockets.open(device).stats();
        } catch (DeviceException _) {
            // Another program's engine, or one that has just ended.
            return List.of();
        }
    }
}
