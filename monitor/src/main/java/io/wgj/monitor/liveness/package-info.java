// SPDX-License-Identifier: Apache-2.0
/// Decides from samples of a device whether a peer is up. Start from `PeerLiveness`, the state machine of one
/// peer; its transitions are one table, and `Evidence` answers the questions in it. Has no clock, no input and
/// no output.
@NullMarked
package io.wgj.monitor.liveness;

import org.jspecify.annotations.NullMarked;
