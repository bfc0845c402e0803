// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

/// The MTU of the TUN. The link's thread updates it; TX reads it for each packet.
public final class Mtu {
    private volatile int bytes;

    /// @param bytes 0 for no limit
    public Mtu(int bytes) {
        this.bytes = bytes;
    }

    /// The limit of padding; 0 for no limit.
    public int bytes() {
        return bytes;
    }

    /// Changes the limit.
    public void become(int newBytes) {
        bytes = newBytes;
    }
}
