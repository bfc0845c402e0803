// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.InnerPacket;
import io.wgj.engine.core.Keypair;
import io.wgj.engine.packet.Segmenter;

/// Turns packets into sealed messages: into the one train of [OutgoingTrain], or the several of an
/// [OutgoingBatch].
interface Sealer {
    /// Seals a packet as the next message of the session.
    ///
    /// @param paddedLength length from `offset`, padding included
    void add(Keypair session, long counter, byte[] packet, int offset, int paddedLength, long now);

    /// Seals the current segment of a read and those that follow.
    ///
    /// @param first the counter of the first segment; the others have the counters that follow
    /// @param count how many segments to seal; the read is finished when these are all
    /// @param mtu the MTU of the TUN, which limits the padding; 0 for no limit
    default void addSegments(Segmenter read, byte[] buffer, Keypair session, long first, int count, int mtu, long now) {
        for (int i = 0; i < count; i++) {
            int padded = InnerPacket.paddedLength(read.length(), mtu);
            read.pad(padded);
            add(session, first + i, buffer, read.offset(), padded, now);
            boolean _ = read.next();
        }
    }
}
