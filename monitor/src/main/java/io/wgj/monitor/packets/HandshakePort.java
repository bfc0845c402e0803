// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.packets;

import java.util.Set;

/// Where handshakes are seen. A port: the service is tested without packets.
public interface HandshakePort {
    /// Listens for messages to these UDP ports from now on; none ends listening. May be called by one thread.
    void listenTo(Set<Integer> ports);

    /// Ends listening for good.
    void close();

    /// Makes a port.
    @FunctionalInterface
    interface Factory {
        /// @param seen runs after each message, or several; in a thread of the port
        HandshakePort of(Runnable seen);
    }
}
