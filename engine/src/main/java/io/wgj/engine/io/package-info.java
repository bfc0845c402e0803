// SPDX-License-Identifier: Apache-2.0
/// The engine's two transports: the TUN ([TunPort], really [Tun]) and the UDP sockets ([UdpPort], really
/// [UdpSockets]), and [Waiter], where a thread sleeps until one of them is ready. Start from the ports; tests
/// implement them in memory. This package knows no peers, keys or messages: it carries bytes and their
/// addresses.
@NullMarked
package io.wgj.engine.io;

import org.jspecify.annotations.NullMarked;
