// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

/// Who is told what becomes of handshakes: a log. Called by CONTROL, or whoever configures, with the
/// device's monitor held, so it may not call back, and should not take long; packets do not wait for it.
/// Nobody outside can make it be called often: see [HandshakeReporter].
@FunctionalInterface
public interface HandshakeListener {
    /// Nobody. What nobody would be told is not put together.
    HandshakeListener NONE = _ -> {};

    void happened(HandshakeEvent event);
}
