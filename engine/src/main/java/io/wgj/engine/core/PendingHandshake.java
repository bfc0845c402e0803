// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.engine.noise.Initiator;

/// An initiation that waits for its response. Only CONTROL uses its content; RX meets it in the index table
/// and passes it by.
record PendingHandshake(Peer peer, int localIndex, Initiator initiator) implements IndexOwner {}
