// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.config.device.DeviceState;
import java.util.concurrent.Executor;

/// Reads devices without making the caller wait: a userspace device may not answer.
public interface DeviceReader extends AutoCloseable {
    /// Takes the result of one read.
    interface Answer {
        /// @param bootNanos when the device was read
        void read(DeviceState state, long bootNanos);

        /// @param reason why it could not be read
        void failed(String reason);
    }

    /// Starts a read. The answer is called once, through `executor`. There is one read of an interface at a
    /// time.
    void read(FoundInterface iface, Executor executor, Answer answer);

    /// Drops what earlier reads of an interface have left, which is gone or has another name.
    default void forget(FoundInterface iface) {}

    @Override
    void close();
}
