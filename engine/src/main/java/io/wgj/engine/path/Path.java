// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.io.TunClosedException;

/// One direction of the data path, as the thread that owns it drives it.
public interface Path {
    /// Does what there is to do now, a bounded amount, without waiting.
    ///
    /// @param now nanoseconds of the core's clock
    /// @return whether there may be more to do
    boolean run(long now) throws TunClosedException;
}
