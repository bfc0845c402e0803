// SPDX-License-Identifier: Apache-2.0
/// The data path: from the TUN to the UDP sockets ([TxPath]) and back ([RxPath]), each run by one thread.
/// Where there are workers, the paths hand work to them through `dispatch`. What a message means is the
/// business of `core`, and how bytes get in and out is the business of `io`.
@NullMarked
package io.wgj.engine.path;

import org.jspecify.annotations.NullMarked;
