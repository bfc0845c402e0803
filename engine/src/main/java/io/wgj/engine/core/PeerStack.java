// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A set of peers that wait for another thread, last in first out. Any thread puts a peer in, without a lock
/// and without allocating; a peer that is in already stays once. Takers hold a lock, which also protects the
/// linked list from a node that comes back during a pop.
final class PeerStack {
    /// A peer's place in one stack.
    static final class Node {
        private final Peer peer;
        private final AtomicBoolean in = new AtomicBoolean();
        private volatile @Nullable Node next;

        Node(Peer peer) {
            this.peer = peer;
        }
    }

    private final AtomicReference<@Nullable Node> top = new AtomicReference<>();

    /// Puts a node in. True when it was not in already: the taker has to be woken then.
    boolean push(Node node) {
        if (!node.in.compareAndSet(false, true)) {
            return false;
        }
        Node before;
        do {
            before = top.get();
            node.next = before;
        } while (!top.compareAndSet(before, node));
        return true;
    }

    boolean isEmpty() {
        return top.get() == null;
    }

    /// Takes one peer, which may be put in again from now on; null when there is none.
    synchronized @Nullable Peer pop() {
        while (true) {
            Node node = top.get();
            if (node == null) {
                return null;
            }
            if (top.compareAndSet(node, node.next)) {
                node.next = null;
                node.in.set(false);
                return node.peer;
            }
        }
    }
}
