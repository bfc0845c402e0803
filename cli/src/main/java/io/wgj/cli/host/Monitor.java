// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.host;

/// The monitor of this network namespace, behind its status socket. Root and the group `wgj` may connect.
public interface Monitor {
    /// The path of the socket, whether or not it exists.
    String path();

    /// Connects.
    Connection connect() throws MonitorException;

    /// One connection. Requests and replies are lines of JSON, see [io.wgj.monitor.protocol.StatusRequest].
    interface Connection extends AutoCloseable {
        /// Sends a request.
        void send(byte[] line) throws MonitorException;

        /// Waits for the next line, and returns it without its line end.
        ///
        /// @param millis how long to wait; 0 for no limit
        byte[] receive(long millis) throws MonitorException;

        @Override
        void close();
    }
}
