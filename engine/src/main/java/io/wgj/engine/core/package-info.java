// SPDX-License-Identifier: Apache-2.0
/// The protocol without its doors: peers, sessions, timers and what is done about a datagram or a packet,
/// with time, randomness, sockets and threads handed in. [DeviceCore] is the type to start from: it says
/// which thread may call what; [EngineDevice] is the same device as commands see it, by way of the core's
/// [Configuration]. It knows neither descriptors nor packet offloads, and the loops that carry data packets
/// are not here.
@NullMarked
package io.wgj.engine.core;

import org.jspecify.annotations.NullMarked;
