// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.engine.uapi.ServedDevice;

/// A running engine.
public interface EngineHandle extends AutoCloseable {
    /// The interface's real name: one that was handed over may have a name of its own.
    InterfaceName name();

    /// The device that the UAPI socket serves.
    ServedDevice device();

    /// Called once, when the UAPI socket answers: work that would have delayed it may start.
    default void socketAnswers() {}

    /// Waits until the engine has ended: its interface was deleted, a thread has failed, or [#close()] was
    /// called.
    EngineEnd awaitEnd() throws InterruptedException;

    /// Stops all threads, removes the interface, and wipes the keys. Called once, from a thread that is not
    /// the engine's.
    @Override
    void close();
}
