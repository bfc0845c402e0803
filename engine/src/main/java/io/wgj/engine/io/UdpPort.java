// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import io.wgj.engine.core.UdpFlow;
import io.wgj.netlink.sys.SystemException;
import java.util.function.BiConsumer;

/// The device's UDP side: one port number, for IPv4 and, where there is any, IPv6.
///
/// RX receives; TX and CONTROL may send, at the same time; CONTROL alone binds and marks, at any time.
/// Receiving and sending neither wait nor allocate.
public interface UdpPort extends AutoCloseable {
    /// [#send]: everything left.
    int SENT = 0;

    /// [#send]: everything left, but not from the flow's own source, which this host no longer has or may no
    /// longer use there (`EINVAL`): the peer's cached source is stale and should be forgotten.
    int SENT_WITHOUT_SOURCE = -1;

    /// The most datagrams of one train (the kernel's `UDP_MAX_SEGMENTS`).
    int MOST_SEGMENTS = 64;

    /// The most bytes of one train: what an IPv4 packet holds besides its own header and UDP's.
    int MOST_TRAIN_BYTES = 65_507;

    /// Receives one datagram, or several of one size from one sender.
    ///
    /// @return false when there is nothing now, or nothing but what the next wait returns for at once; `into`
    ///     is then undefined
    boolean receive(Train into);

    /// Sends one datagram, or a train of datagrams of `segmentSize` bytes each, of which the last may be
    /// shorter.
    ///
    /// @param length of all together, at most [#MOST_TRAIN_BYTES]
    /// @param segmentSize 0 for one datagram; at most [#MOST_SEGMENTS] segments
    /// @return [#SENT], [#SENT_WITHOUT_SOURCE], or the errno for which it (or the rest of a train) did not
    /// leave: `EAGAIN` for a full send buffer, `ENOTCONN` when not bound, `EAFNOSUPPORT` for IPv6 on a host
    /// without it
    int send(UdpFlow to, byte[] from, int offset, int length, int segmentSize);

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
