// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

/// Lets one thread sleep while its descriptors have nothing to read. Several threads may wake it.
public interface Waiter extends AutoCloseable {
    /// Sleeps until a descriptor is readable (or has failed, as the next read shows), [#wake] was called
    /// since the last time, or the time has passed. May return early without a reason. Allocates nothing.
    ///
    /// @param timeoutMillis -1 for no limit; 0 only looks
    void await(int timeoutMillis);

    /// Ends the current [#await], or else the next one.
    void wake();

    @Override
    void close();
}
