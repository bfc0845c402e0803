// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import io.wgj.netlink.sys.SystemException;
import java.util.function.BiConsumer;

/// The device's UDP side: one port number, for IPv4 and, where there is any, IPv6.
///
/// RX receives; any thread may send at any time, best with a [#newOutput] of its own; CONTROL alone binds and
/// marks, at any time. Receiving and sending neither wait nor allocate.
public interface UdpPort extends UdpOutput, AutoCloseable {
    /// Receives one datagram, or several of one size from one sender.
    ///
    /// @return false when there is nothing now, or nothing but what the next wait returns for at once; `into`
    ///     is then undefined
    boolean receive(Train into);

    /// Sends for one thread, which then waits for no other that sends. Lives as long as this port.
    default UdpOutput newOutput() {
        return this;
    }

    /// Binds to `port`, leaving the port bound before when that works; with `EADDRINUSE` everything stays as
    /// it was. The
    /// mark is kept. Sources cached before are stale.
    ///
    /// @param port 0 takes any that is free in both families
    /// @return the port bound
    int bind(int port) throws SystemException;

    /// Leaves the port. Nothing is received or sent until the next [#bind].
    void unbind();

    /// The port bound; 0 when none is.
    int port();

    /// Marks what is sent from now on (`SO_MARK`), also after binding again; 0 for no mark.
    void mark(int mark) throws SystemException;

    /// Tells the counters page what this door found and counted: names and values, one by one.
    default void tell(BiConsumer<String, String> page) {}

    /// To be called when no thread uses it any more.
    @Override
    void close();
}
