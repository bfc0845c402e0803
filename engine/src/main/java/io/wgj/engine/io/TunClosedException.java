// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

/// The TUN's link was deleted.
public final class TunClosedException extends Exception {
    private static final long serialVersionUID = 1;

    /// @param name the link's last known name
    public TunClosedException(String name) {
        super("the link " + name + " is gone");
    }
}
