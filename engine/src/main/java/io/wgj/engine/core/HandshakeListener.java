// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

/// Takes the events of handshakes, for a log. CONTROL or the configuring thread calls it with the device's
/// monitor held, so it may not call back and should not take long; packets do not wait for it. The network
/// cannot make the calls frequent: see [HandshakeReporter].
@FunctionalInterface
public interface HandshakeListener {
    /// No listener. Events are not even created for it.
    HandshakeListener NONE = _ -> {};

    void happened(HandshakeEvent event);
}
