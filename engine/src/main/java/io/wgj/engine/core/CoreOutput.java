// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

/// What the core asks of the threads and the sockets around it. Called with the core's locks held: no
/// implementation may call back into the core.
public interface CoreOutput {
    /// [#send]: the datagram left, but not from the flow's source, which this host no longer has.
    int SENT_WITHOUT_SOURCE = -1;

    /// Sends one datagram, a handshake message or a keepalive; only CONTROL (or who configures) calls it,
    /// so it needs no more than one buffer. A full socket buffer or an unreachable host is a lost datagram,
    /// which the timers make good.
    ///
    /// @return 0, [#SENT_WITHOUT_SOURCE], or the errno of the failure
    int send(UdpFlow to, byte[] data, int offset, int length);

    /// Makes TX return from its wait: [DeviceCore#nextToFlush()] has something. Any thread calls it.
    void wakeTx();

    /// Makes CONTROL return from its wait and call [DeviceCore#control]. Any thread calls it, rarely: not
    /// per packet.
    void wakeControl();
}
