// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceException.Reason;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.netlink.sys.Errno;
import java.util.List;
import java.util.Optional;

/// The device as [UapiServer] sees it. The server calls it from several threads, one at a time.
public interface ServedDevice {
    /// The device's state, peers in its own order.
    DeviceState read() throws DeviceException;

    /// Changes what `request` mentions. The request was parsed to its end before.
    void apply(SetRequest request) throws DeviceException;

    /// The statistics beyond the common protocol, in the order to be shown.
    List<EngineStat> stats() throws DeviceException;

    /// What is known about packets that were lost.
    default EngineProblems problems() throws DeviceException {
        return EngineProblems.NONE;
    }

    /// Where readers of events are added; empty for a device without events.
    default Optional<EventFeed> events() {
        return Optional.empty();
    }

    /// Sets how much is logged from now on.
    ///
    /// @param level `verbose`, `error` or `silent`
    /// @return false for another word, and for a device that has no log of its own
    default boolean setLogLevel(String level) {
        return false;
    }

    /// A device with the common protocol alone: it refuses anything else, as every server refuses unknown
    /// keys.
    static ServedDevice of(WireGuardDevice device) {
        return new ServedDevice() {
            @Override
            public DeviceState read() throws DeviceException {
                return device.read();
            }

            @Override
            public void apply(SetRequest request) throws DeviceException {
                if (!request.options().isEmpty()) {
                    throw new DeviceException(Reason.INVALID, Errno.EINVAL, "only wgj's own engine knows wgj_ keys");
                }
                device.apply(request.update());
            }

            @Override
            public List<EngineStat> stats() {
                return List.of();
            }
        };
    }
}
