// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.netlink.sys.SignalHandlers;

/// The signals that the monitor handles.
final class MonitorSignals {
    private MonitorSignals() {}

    /// @param reload runs at SIGHUP, on another thread
    /// @param end runs at SIGTERM and SIGINT
    static void handle(Runnable reload, Runnable end) {
        SignalHandlers.handle("HUP", reload);
        SignalHandlers.handle("TERM", end);
        SignalHandlers.handle("INT", end);
    }
}
