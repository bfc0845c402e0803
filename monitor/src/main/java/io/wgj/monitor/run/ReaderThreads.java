// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.monitor.model.DeviceSource;
import io.wgj.netlink.wireguard.KernelDevice;
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
        threads.execute(() -> {
            try (WireGuardDevice device = open(iface)) {
                DeviceState state = device.read();
                long now = clock.bootNanos();
                executor.execute(() -> answer.read(state, now));
            } catch (DeviceException | RuntimeException failure) {
                executor.execute(() -> answer.failed(String.valueOf(failure.getMessage())));
            }
        });
    }

    private WireGuardDevice open(FoundInterface iface) {
        return iface.source() == DeviceSource.KERNEL ? new KernelDevice(iface.name()) : sockets.open(iface.name());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
