// SPDX-License-Identifier: Apache-2.0
/// Sees handshakes of the kernel's WireGuard as they arrive: start from [HandshakeService], which has the device
/// sampled then. [HandshakePort] is its port to packet sockets. Decides nothing about peers: the samples do.
@NullMarked
package io.wgj.monitor.packets;

import org.jspecify.annotations.NullMarked;
