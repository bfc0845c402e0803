// SPDX-License-Identifier: Apache-2.0
/// The engine's two doors: the TUN ([TunPort], in life [Tun]) and the UDP sockets ([UdpPort], in life
/// [UdpSockets]), and where a thread sleeps until one of them has something ([Waiter]). Start from the
/// ports; tests use the in-memory pairs. Knows no peers, no keys and no messages: it carries bytes and says
/// where they came from.
@NullMarked
package io.wgj.engine.io;

import org.jspecify.annotations.NullMarked;
