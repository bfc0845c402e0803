// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import io.wgj.engine.packet.PacketOutput;
import java.util.function.BiConsumer;

/// One queue of a TUN. Packets that the system routes into the tunnel are read here; packets that came
/// through the tunnel are written here. One thread may read while another writes. Nothing here waits or
/// allocates.
public interface TunPort extends PacketOutput<TunClosedException>, AutoCloseable {
    /// Room that a read needs behind its offset: a virtio-net header, the largest packet, and 16 bytes for
    /// padding the last segment in place.
    int READ_ROOM = 10 + 65_535 + 16;

    /// Reads one packet, with its virtio-net header in front when [#vnetHeader()].
    ///
    /// @param into with [#READ_ROOM] bytes from `offset` on
    /// @return the bytes read, header included; 0 when there is nothing now
    int read(byte[] into, int offset) throws TunClosedException;

    /// Writes one packet, with its virtio-net header in front when [#vnetHeader()].
    @Override
    boolean write(byte[] from, int offset, int length) throws TunClosedException;

    /// A writer for one more thread, which may write at the same time as others. A packet is written whole or
    /// not at all. The writer lives as long as this port.
    default PacketOutput<TunClosedException> newWriter() {
        return this;
    }

    /// Whether packets travel with a virtio-net header, and so may be larger than the MTU.
    boolean vnetHeader();

    /// Whether UDP datagrams may be joined, too (USO, Linux 6.2).
    boolean joinsUdp();

    /// Passes what this port found and counted to `stats`, as names and values.
    default void addStats(BiConsumer<String, String> stats) {}

    /// The link's name when it was opened.
    String name();

    /// Call it when no thread reads or writes any more. The link goes with its last queue, unless it is
    /// persistent.
    @Override
    void close();
}
