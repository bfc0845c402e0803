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

/// The engine's external dependencies. The engine takes ownership and closes them.
///
/// @param tun where RX and its workers write
/// @param queues what TX threads read, one each; the only queue is `tun` itself
/// @param rxWaiter sleeps on the UDP sockets
/// @param controlWaiter sleeps until it is woken
/// @param joining what RX may join before it writes to the TUN
/// @param operatorLog takes what the operator should know
/// @param handshakes takes the events of handshakes
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

    /// One queue of the TUN.
    ///
    /// @param waiter sleeps on it
    record TxQueue(TunPort tun, Waiter waiter) {}
}
