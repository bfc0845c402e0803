// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

/// The TUN's MTU: CONTROL follows the link's, TX reads it for each packet.
public final class Mtu {
    private volatile int bytes;

    /// @param bytes 0 for no limit
    public Mtu(int bytes) {
        this.bytes = bytes;
    }

    /// What padding may not exceed; 0 for no limit.
    public int bytes() {
        return bytes;
    }

    /// From now on.
    public void become(int newBytes) {
        bytes = newBytes;
    }
}
