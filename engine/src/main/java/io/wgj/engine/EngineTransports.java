// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine;

import io.wgj.engine.core.Clock;
import io.wgj.engine.core.HandshakeListener;
import io.wgj.engine.core.Randomness;
import io.wgj.engine.io.OperatorLog;
import io.wgj.engine.io.TunPort;
import io.wgj.engine.io.UdpPort;
import io.wgj.engine.io.Waiter;
import io.wgj.engine.packet.MergeRules;
import java.util.List;

/// Everything an [Engine] has to do with the world. It becomes the engine's, which closes what can be closed.
///
/// @param tun where RX and its workers write
/// @param queues what TX threads read, one each; with one queue its TUN is `tun`
/// @param rxWaiter sleeps on the UDP sockets
/// @param controlWaiter sleeps until it is woken
/// @param joining what RX may join before it writes to the TUN
/// @param operatorLog what an operator should know
/// @param handshakes who is told what becomes of them
record EngineTransports(
        TunPort tun,
        List<TxQueue> queues,
        UdpPort udp,
        Waiter rxWaiter,
        Waiter controlWaiter,
        MergeRules joining,
        Clock clock,
        Randomness randomness,
        OperatorLog operatorLog,
        HandshakeListener handshakes) {
    EngineTransports {
        queues = List.copyOf(queues);
    }

    /// A queue of the TUN.
    ///
    /// @param waiter sleeps on it
    record TxQueue(TunPort tun, Waiter waiter) {}
}
