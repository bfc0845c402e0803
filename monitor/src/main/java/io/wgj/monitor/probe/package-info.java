// SPDX-License-Identifier: Apache-2.0
/// Asks an address behind a peer whether it is there (`Probe`), by ICMP echo through the tunnel.
/// `ProbeService`, the type to start from, has one thread for all probes; `ProbeTrack` is the arithmetic of
/// one. Decides nothing: an answer is evidence for the peer's state machine.
@NullMarked
package io.wgj.monitor.probe;

import org.jspecify.annotations.NullMarked;
