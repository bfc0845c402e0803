// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

/// An initiation that waits for its response. CONTROL alone looks inside; RX only passes it by in the index
/// table.
final class PendingHandshake implements IndexOwner {
    private final Peer peer;
    private final int localIndex;

    PendingHandshake(Peer peer, int localIndex) {
        this.peer = peer;
        this.localIndex = localIndex;
    }

    @Override
    public int localIndex() {
        return localIndex;
    }

    Peer peer() {
        return peer;
    }
}
