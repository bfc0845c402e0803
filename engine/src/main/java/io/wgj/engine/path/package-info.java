// SPDX-License-Identifier: Apache-2.0
/// The data path: from the TUN to the UDP socket ([TxPath]) and back ([RxPath]), each done from end to end by one
/// thread. Where there are workers, [SharedTxPath] and [SharedRxPath] take their place and hand work over through
/// `dispatch`. What a message means is the core's business, and how bytes get in and out is the business of `io`.
@NullMarked
package io.wgj.engine.path;

import org.jspecify.annotations.NullMarked;
