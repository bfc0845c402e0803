// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.transport;

import io.wgj.netlink.sys.SystemException;
import java.nio.ByteBuffer;

/// Sends and receives netlink datagrams. This is the seam between the protocol and the system that tests
/// replace.
public interface NetlinkSocket extends AutoCloseable {
    /// The port to which the kernel sends its answers.
    int portId();

    /// Sends the remaining bytes of `datagram` to the kernel, all of them at once; its position stays.
    void send(ByteBuffer datagram) throws SystemException;

    /// Waits for a datagram and returns it whole, however large it is. `ENOBUFS`: the kernel dropped one.
    Datagram receive() throws SystemException;

    @Override
    void close();

    /// A received datagram.
    ///
    /// @param bytes valid until the next call of `receive`
    /// @param senderPortId 0 for the kernel; other processes can send to a netlink socket as well
    record Datagram(ByteBuffer bytes, int senderPortId) {}
}
