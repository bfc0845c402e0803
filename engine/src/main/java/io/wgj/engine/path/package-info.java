// SPDX-License-Identifier: Apache-2.0
/// The way of a packet: from the TUN to the UDP socket ([TxPath]) and back ([RxPath]), each done from end to end by the
/// thread that picked it up, and the engine that consists of them and of CONTROL ([Engine], the type to start from).
/// With more than two processors ([ThreadPlan]) there are several of the former, and workers ([Worker]) who seal and
/// open for them and for RX ([SharedTxPath], [SharedRxPath]); what they have done is delivered in order ([Lane]).
/// [Rehearsal] has the way compiled before there is traffic.
/// What a message means is the core's business, how bytes get in and out that of `io`; here is only the order of
/// things.
@NullMarked
package io.wgj.engine.path;

import org.jspecify.annotations.NullMarked;
