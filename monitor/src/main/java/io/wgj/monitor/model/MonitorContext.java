// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.model;

import io.wgj.config.net.DeviceName;
import io.wgj.monitor.liveness.EngineSign;
import java.util.Optional;

/// The monitor as its [PeerService]s see it. [#execute] may be called from any thread, everything else by the
/// monitor's thread alone.
public interface MonitorContext {
    /// Has the monitor's thread run `task` soon. Does nothing once the monitor has ended.
    void execute(Runnable task);

    /// Has the monitor's thread run `task` at a time of CLOCK_BOOTTIME.
    ///
    /// @return cancels the task when run
    Runnable at(long bootNanos, Runnable task);

    /// CLOCK_BOOTTIME, which goes on while the host sleeps.
    long bootNanos();

    /// The latest values of a peer; empty when it is gone.
    Optional<PeerView> peer(PeerId id);

    /// Tells the monitor that a probe of the peer was answered: the peer is up.
    void answered(PeerId id, long bootNanos);

    /// Tells the monitor that the kernel has no route to the peer's endpoint: the peer is down.
    ///
    /// @param why such as `no route to 203.0.113.9: Network is unreachable`
    void routeMissing(PeerId id, String why);

    /// Tells the monitor that there is a route to the peer's endpoint again.
    void routeFound(PeerId id);

    /// Sets what the status of the peer shows of its probes.
    void probed(PeerId id, ProbeStatus status);

    /// Tells the monitor what the peer's engine itself has seen: the device is read at once, and what the engine
    /// saw counts whatever the counters show.
    void seen(PeerId id, EngineSign sign);

    /// Has the device of the peer read soon, because it was just changed or something was sent.
    void sampleSoon(PeerId id);

    /// Reports an event of a peer. Keys in `reason` are hidden, and control characters escaped.
    void report(EventKind kind, PeerId id, String reason);

    /// Reports an event of an interface.
    void report(EventKind kind, DeviceName iface, String reason);
}
