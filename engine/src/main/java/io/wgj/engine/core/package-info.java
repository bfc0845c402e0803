// SPDX-License-Identifier: Apache-2.0
/// The protocol without TUN and sockets: peers, sessions, timers, and what to do with a datagram or a packet.
/// Time, randomness, sockets and threads are passed in. Start from [DeviceCore], which says what each thread
/// may call; [EngineDevice] is the same device as commands see it. Packet offloads and the loops that carry
/// data packets are not here.
@NullMarked
package io.wgj.engine.core;

import org.jspecify.annotations.NullMarked;
