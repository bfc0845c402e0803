// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;

/// How a reload changes a running device.
///
/// @param update what is sent
/// @param before the device's state when the change was planned
/// @param tellsEngine whether our own engine is also sent restrictions that have changed (`AllowedSources`,
///     `Underlay`)
public record DeviceChange(DeviceUpdate update, DeviceState before, boolean tellsEngine) {
    /// Whether there is nothing to change.
    public boolean isEmpty() {
        return !tellsEngine
                && update.peers().isEmpty()
                && !update.privateKey().isMentioned()
                && !update.listenPort().isMentioned()
                && !update.fwmark().isMentioned();
    }
}
