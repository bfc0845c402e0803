// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.engine.uapi.ReplyMemory;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.monitor.model.DeviceSource;
import io.wgj.netlink.wireguard.KernelDevice;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Reads devices on threads of its own, as many as there are reads at once. A device that never answers keeps
/// one of them.
final class ReaderThreads implements DeviceReader {
    private static final long IDLE_SECONDS = 30;

    private final UapiSockets sockets;
    private final MonitorClock clock;
    /// What userspace devices answered last, for the monitor's thread. There is one read of an interface at a
    /// time.
    private final Map<FoundInterface, ReplyMemory> memories = new HashMap<>();

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("reader-", 0).factory());

    ReaderThreads(UapiSockets sockets, MonitorClock clock) {
        this.sockets = sockets;
        this.clock = clock;
    }

    @Override
    public void read(FoundInterface iface, Executor executor, Answer answer) {
        ReplyMemory memory = memories.computeIfAbsent(iface, _ -> new ReplyMemory());
        threads.execute(() -> {
            try {
                DeviceState state = read(iface, memory);
                long now = clock.bootNanos();
                executor.execute(() -> answer.read(state, now));
            } catch (DeviceException | RuntimeException failure) {
                executor.execute(() -> answer.failed(String.valueOf(failure.getMessage())));
            }
        });
    }

    private DeviceState read(FoundInterface iface, ReplyMemory memory) throws DeviceException {
        if (iface.source() == DeviceSource.USERSPACE) {
            return sockets.open(iface.name()).read(memory);
        }
        try (KernelDevice device = new KernelDevice(iface.name())) {
            return device.read();
        }
    }

    @Override
    public void forget(FoundInterface iface) {
        memories.remove(iface);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
