// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import io.wgj.netlink.sys.SystemException;
import java.util.function.BiConsumer;

/// The device's UDP side: one port number, for IPv4 and, where the host has it, IPv6.
///
/// RX receives. Any thread may send at any time, best with a [#newOutput] of its own. Only CONTROL binds and
/// marks, at any time. Receiving and sending neither wait nor allocate.
public interface UdpPort extends UdpOutput, AutoCloseable {
    /// Receives one datagram, or several of one size from one sender.
    ///
    /// @return false when there is nothing now, or nothing that the next wait would not return for at once;
    ///     `into` is then undefined
    boolean receive(Train into);

    /// An output for one thread, which then waits for no other sender. Lives as long as this port.
    default UdpOutput newOutput() {
        return this;
    }

    /// Binds to `port` and leaves the port bound before. On failure, for example `EADDRINUSE`, everything
    /// stays as it was. The mark is kept. Sources cached before are stale.
    ///
    /// @param port 0 takes any that is free in both families
    /// @return the port bound
    int bind(int port) throws SystemException;

    /// Leaves the port. Nothing is received or sent until the next [#bind].
    void unbind();

    /// The port bound; 0 for none.
    int port();

    /// Marks what is sent from now on (`SO_MARK`), also after binding again; 0 for no mark.
    void mark(int mark) throws SystemException;

    /// Passes what this port found and counted to `stats`, as names and values.
    default void addStats(BiConsumer<String, String> stats) {}

    /// Call it when no thread uses it any more.
    @Override
    void close();
}
