// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.InnerPacket;
import io.wgj.engine.core.Keypair;
import io.wgj.engine.packet.Segmenter;

/// What makes messages of packets: the one train of [OutgoingTrain], the many of an [OutgoingBatch].
interface Sealer {
    /// Seals a packet as this message of the session.
    ///
    /// @param paddedLength bytes from `offset` on, padding included
    void add(Keypair session, long counter, byte[] packet, int offset, int paddedLength, long now);

    /// Seals the present segment of a read and those that follow.
    ///
    /// @param first the first one's counter, `count` of which are its own
    /// @param count how many segments; when they are all, the read is done with
    /// @param mtu the TUN's, for the padding; 0 for no limit
    default void addSegments(Segmenter read, byte[] buffer, Keypair session, long first, int count, int mtu, long now) {
        for (int i = 0; i < count; i++) {
            int padded = InnerPacket.paddedLength(read.length(), mtu);
            read.pad(padded);
            add(session, first + i, buffer, read.offset(), padded, now);
            boolean _ = read.next();
        }
    }
}
