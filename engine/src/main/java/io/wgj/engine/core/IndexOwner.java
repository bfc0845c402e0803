// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

/// What a receiver index may stand for: a session, or a handshake that waits for its response.
sealed interface IndexOwner permits Keypair, PendingHandshake, IndexTable.Mark {
    /// The index, 32 random bits that are unique in the device.
    int localIndex();
}
