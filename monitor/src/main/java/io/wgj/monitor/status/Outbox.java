// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.status;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// What a client has yet to receive. Documents are shared between clients, so each is kept as a view with a
/// position of its own.
final class Outbox {
    /// The channel copies all it is given, also what the socket does not take.
    private static final int CHUNK = 1 << 16;

    private final Deque<ByteBuffer> documents = new ArrayDeque<>();
    private long size;

    /// Adds a document, which must not change any more.
    void add(byte[] document) {
        documents.add(ByteBuffer.wrap(document));
        size += document.length;
    }

    /// The next bytes to send; null when nothing is left.
    @Nullable
    ByteBuffer head() {
        ByteBuffer oldest = documents.peek();
        return oldest == null ? null : oldest.slice(oldest.position(), Math.min(oldest.remaining(), CHUNK));
    }

    /// Called after the first `count` bytes of [#head] were sent.
    void sent(int count) {
        size -= count;
        ByteBuffer oldest = documents.element();
        oldest.position(oldest.position() + count);
        if (!oldest.hasRemaining()) {
            documents.remove();
        }
    }

    /// How many bytes are left.
    long size() {
        return size;
    }

    boolean isEmpty() {
        return documents.isEmpty();
    }
}
