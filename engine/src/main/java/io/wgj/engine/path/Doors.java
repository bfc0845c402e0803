// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.Clock;
import io.wgj.engine.core.HandshakeListener;
import io.wgj.engine.core.Randomness;
import io.wgj.engine.io.Notices;
import io.wgj.engine.io.TunPort;
import io.wgj.engine.io.UdpPort;
import io.wgj.engine.io.Waiter;
import io.wgj.engine.packet.MergeRules;

/// Everything an [Engine] has to do with the world. It becomes the engine's, which closes what can be closed.
///
/// @param txWaiter sleeps on the TUN
/// @param rxWaiter sleeps on the UDP sockets
/// @param controlWaiter sleeps until it is woken
/// @param joining what RX may join before it writes to the TUN
/// @param notices what an operator should know
/// @param handshakes who is told what becomes of them
record Doors(
        TunPort tun,
        UdpPort udp,
        Waiter txWaiter,
        Waiter rxWaiter,
        Waiter controlWaiter,
        MergeRules joining,
        Clock clock,
        Randomness randomness,
        Notices notices,
        HandshakeListener handshakes) {}
