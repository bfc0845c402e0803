// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import io.wgj.engine.core.UdpFlow;

/// Sends through a [UdpPort]. Sending neither waits for the network nor allocates.
public interface UdpOutput {
    /// [#send]: everything left.
    int SENT = 0;

    /// [#send]: everything left, but not from the flow's source address, which this host no longer has or may
    /// no longer use (`EINVAL`). The peer's cached source is stale and should be forgotten.
    int SENT_WITHOUT_SOURCE = -1;

    /// The most datagrams of one train (the kernel's `UDP_MAX_SEGMENTS`).
    int MOST_SEGMENTS = 64;

    /// The most bytes of one train: the payload of the largest IPv4 UDP packet.
    int MOST_TRAIN_BYTES = 65_507;

    /// Sends one datagram, or a train of datagrams of `segmentSize` bytes each, of which the last may be
    /// shorter.
    ///
    /// @param length of all together, at most [#MOST_TRAIN_BYTES]
    /// @param segmentSize 0 for one datagram; at most [#MOST_SEGMENTS] segments
    /// @return [#SENT], [#SENT_WITHOUT_SOURCE], or the errno with which it (or the rest of a train) was
    ///     refused: `EAGAIN` for a full send buffer, `ENOTCONN` when not bound, `EAFNOSUPPORT` for IPv6 on a
    ///     host without it
    int send(UdpFlow to, byte[] from, int offset, int length, int segmentSize);
}
