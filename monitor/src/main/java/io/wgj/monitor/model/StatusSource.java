// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.model;

/// The monitor as those see it who ask for its status. May be called from any thread.
public interface StatusSource {
    /// The state of all interfaces now. Never waits for a device.
    MonitorStatus status();
}
