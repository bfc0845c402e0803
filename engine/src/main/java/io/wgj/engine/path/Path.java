// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.io.TunClosedException;

/// One direction of the data path, run by the thread that owns it.
public interface Path {
    /// Does a bounded amount of the work there is now, without waiting.
    ///
    /// @param now nanoseconds of the core's clock
    /// @return whether there may be more to do
    boolean run(long now) throws TunClosedException;
}
