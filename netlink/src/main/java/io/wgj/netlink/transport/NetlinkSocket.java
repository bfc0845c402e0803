// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.transport;

import io.wgj.netlink.sys.SystemException;
import java.nio.ByteBuffer;

/// Sends and receives netlink datagrams. The one seam between the protocol and the system.
public interface NetlinkSocket extends AutoCloseable {
    /// The address that the kernel answers to.
    int portId();

    /// Sends the remaining bytes of `datagram` to the kernel, all of them at once; its position stays.
    void send(ByteBuffer datagram) throws SystemException;

    /// Waits for a datagram, which comes whole however large it is. `ENOBUFS` says that the kernel had to drop one.
    Datagram receive() throws SystemException;

    @Override
    void close();

    /// What came.
    ///
    /// @param bytes valid until the next call of `receive`
    /// @param senderPortId 0 for the kernel; anybody else may send to a netlink socket as well
    record Datagram(ByteBuffer bytes, int senderPortId) {}
}
