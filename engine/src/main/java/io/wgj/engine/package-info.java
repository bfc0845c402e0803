// SPDX-License-Identifier: Apache-2.0
/// The assembled userspace engine: it opens the TUN and the UDP sockets, starts the threads, and has the
/// statistics and the handshake log. Start from [Engines], which opens everything, and [Engine], which owns
/// the threads. How a packet travels is the business of `path`, what a WireGuard message means is the
/// business of `core`.
@NullMarked
package io.wgj.engine;

import org.jspecify.annotations.NullMarked;
