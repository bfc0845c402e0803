// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.engine.noise.Initiator;

/// An initiation that waits for its response. CONTROL alone looks inside; RX only passes it by in the index
/// table.
record PendingHandshake(Peer peer, int localIndex, Initiator initiator) implements IndexOwner {}
