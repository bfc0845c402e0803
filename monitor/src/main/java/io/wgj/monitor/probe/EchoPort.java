// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.probe;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import java.io.IOException;

/// Sends and receives ICMP echo through the interfaces of this host. A port: [ProbeService] is tested without a
/// network. For one thread, except for [#wake].
interface EchoPort extends AutoCloseable {
    /// Takes a reply.
    @FunctionalInterface
    interface Receiver {
        /// @param index of the interface that it came from
        void reply(int index, IpAddress from, int identifier, int sequence, long token);
    }

    /// Sends a request through the interface of this index.
    ///
    /// @param device the interface's name
    /// @throws IOException with a sentence that says why it could not be sent
    void request(int index, String device, IpAddress target, int identifier, int sequence, long token)
            throws IOException;

    /// Waits for replies or [#wake], and passes the replies on.
    ///
    /// @param nanos the longest time to wait
    void await(long nanos, Receiver receiver);

    /// Ends a wait early. May be called from any thread.
    void wake();

    /// Closes the sockets of an interface, or of one family of it, when no probe needs them any more.
    void release(int index, IpFamily family);

    @Override
    void close();
}
