// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.model;

/// What drives an interface.
public enum DeviceSource {
    /// The kernel's WireGuard module.
    KERNEL("kernel"),
    /// A process that answers on a UAPI socket, such as `wgj engine` or wireguard-go.
    USERSPACE("userspace");

    private final String text;

    DeviceSource(String text) {
        this.text = text;
    }

    /// The word for it in JSON and in the log.
    public String text() {
        return text;
    }
}
