// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.netlink.route.NetworkWatch;
import io.wgj.netlink.sys.EventFd;
import io.wgj.netlink.sys.PollSet;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.transport.NetlinkException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Where the monitor's thread waits: for a time, for a change of the network, or for a task. All but [#wake] is
/// for that thread alone.
final class NetworkWaiter implements AutoCloseable {
    private static final long NANOS_PER_MILLI = 1_000_000;
    /// A host may change thousands of routes a second: they are looked at together.
    private static final long PAUSE_NANOS = 100 * NANOS_PER_MILLI;

    private final MonitorClock clock;
    private final EventFd wake;
    private final @Nullable NetworkWatch network;
    private final PollSet both;
    private final PollSet wakeAlone;
    private long networkFrom;

    private NetworkWaiter(MonitorClock clock, EventFd wake, @Nullable NetworkWatch network) {
        this.clock = clock;
        this.wake = wake;
        this.network = network;
        both = new PollSet(wake.descriptor(), network == null ? -1 : network.descriptor());
        wakeAlone = new PollSet(wake.descriptor());
    }

    /// @param complaint takes a sentence when changes of the network are noticed late
    static NetworkWaiter open(MonitorClock clock, Consumer<String> complaint) throws SystemException {
        NetworkWatch network = null;
        try {
            network = NetworkWatch.open();
        } catch (NetlinkException failure) {
            complaint.accept("changes of links and routes are noticed up to 5 s late: " + failure.getMessage());
        }
        return new NetworkWaiter(clock, EventFd.open(), network);
    }

    /// Ends the wait. Any thread may call it.
    void wake() {
        wake.signal();
    }

    /// Waits until `deadline`, a change or a task.
    Changes await(long deadline) {
        long now = clock.bootNanos();
        if (network == null || now < networkFrom) {
            long until = network == null ? deadline : Math.min(deadline, networkFrom);
            wakeAlone.await(millis(until - now));
            wake.clear();
            if (network == null || clock.bootNanos() < networkFrom) {
                return Changes.NONE;
            }
            now = clock.bootNanos();
        }
        both.await(millis(deadline - now));
        wake.clear();
        return both.isReady(1) ? changes(network) : Changes.NONE;
    }

    private Changes changes(NetworkWatch watch) {
        networkFrom = clock.bootNanos() + PAUSE_NANOS;
        try {
            boolean any = watch.update();
            return new Changes(watch.linksChanged(), any, watch.ownRoutingRemoved());
        } catch (NetlinkException _) {
            // What it said is lost: look at everything.
            return new Changes(true, true, true);
        }
    }

    private static int millis(long nanos) {
        return (int) Math.clamp((nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI, 0L, 60_000L);
    }

    @Override
    public void close() {
        both.close();
        wakeAlone.close();
        if (network != null) {
            network.close();
        }
    }
}
