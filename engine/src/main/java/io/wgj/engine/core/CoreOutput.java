// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

/// What the core needs from the threads and sockets around it. The core calls it with its locks held, so no
/// implementation may call back.
public interface CoreOutput {
    /// [#send]: the datagram left, but not from the flow's source, which this host no longer has.
    int SENT_WITHOUT_SOURCE = -1;

    /// Sends one datagram, a handshake message or a keepalive. Only CONTROL and the configuring thread call
    /// it, so one buffer is enough. With a full socket buffer or an unreachable host the datagram is lost,
    /// and the timers repeat it.
    ///
    /// @return 0, [#SENT_WITHOUT_SOURCE], or the errno of the failure
    int send(UdpFlow to, byte[] data, int offset, int length);

    /// Ends TX's wait, because [DeviceCore#nextToFlush()] has a peer. Any thread calls it.
    void wakeTx();

    /// Ends CONTROL's wait, because it has to call [DeviceCore#control]. Any thread calls it, but not for
    /// each packet.
    void wakeControl();
}
