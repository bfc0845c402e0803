// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

/// Where one thread sleeps while its doors have nothing to read. Several threads may wake it.
public interface Waiter extends AutoCloseable {
    /// Sleeps until a door has something (or has failed, which the next read tells), [#wake] was called
    /// since the last time, or the time has passed. May return early without a reason. Allocates nothing.
    ///
    /// @param timeoutMillis -1 for no limit; 0 only looks
    void await(int timeoutMillis);

    /// Ends the running [#await], or else the next one.
    void wake();

    @Override
    void close();
}
