// SPDX-License-Identifier: Apache-2.0
/// Decides from samples of a device whether a peer is up. `PeerLiveness`, the type to start from, is one peer's state
/// machine
/// over samples, probe results and the time. Has no clock, no input and no output.
@NullMarked
package io.wgj.monitor.liveness;

import org.jspecify.annotations.NullMarked;
