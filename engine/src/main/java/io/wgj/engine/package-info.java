// SPDX-License-Identifier: Apache-2.0
/// The assembled userspace engine: it opens the TUN and the UDP sockets, starts the threads and connects them to the
/// UAPI socket. Start from [Engines], which opens everything, and [Engine], which owns the threads.
/// How a packet travels is in `path`, what a WireGuard message means is in `core`; neither is known here in detail.
@NullMarked
package io.wgj.engine;

import org.jspecify.annotations.NullMarked;
