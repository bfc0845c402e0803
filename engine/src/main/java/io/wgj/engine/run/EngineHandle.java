// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.engine.uapi.ServedDevice;

/// An engine that runs.
public interface EngineHandle extends AutoCloseable {
    /// What the interface is really called: one that was handed over may have a name of its own.
    InterfaceName name();

    /// What the UAPI socket serves.
    ServedDevice device();

    /// Told once, when its UAPI socket answers: what would have kept that waiting may begin.
    default void socketAnswers() {}

    /// Waits until the engine has come to its end by itself, because its interface was deleted, or a thread
    /// of it has failed, or until [#close()] has been called.
    EngineEnd awaitEnd() throws InterruptedException;

    /// Stops all threads, removes the interface, and wipes the keys. Called once, from a thread that is not
    /// the engine's.
    @Override
    void close();
}
