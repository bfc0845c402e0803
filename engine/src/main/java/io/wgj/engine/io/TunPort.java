// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import io.wgj.engine.packet.PacketOutput;
import java.util.function.BiConsumer;

/// One queue of a TUN: packets that the system routes into the tunnel are read, packets that came through
/// the tunnel are written. One thread may read while another writes. Nothing here waits or allocates.
public interface TunPort extends PacketOutput<TunClosedException>, AutoCloseable {
    /// Room that a read needs behind its offset: a virtio-net header, the largest packet, and 16 bytes so
    /// that the last segment can be padded in place.
    int READ_ROOM = 10 + 65_535 + 16;

    /// Reads one packet, with its virtio-net header in front when [#vnetHeader()].
    ///
    /// @param into with [#READ_ROOM] bytes from `offset` on
    /// @return the bytes read, header included; 0 when there is nothing now
    int read(byte[] into, int offset) throws TunClosedException;

    /// Writes one packet, with its virtio-net header in front when [#vnetHeader()].
    @Override
    boolean write(byte[] from, int offset, int length) throws TunClosedException;

    /// Writes to the same link for one thread more, at the same time as others. A packet is written whole or not at
    /// all. Lives as long as this port.
    default PacketOutput<TunClosedException> newWriter() {
        return this;
    }

    /// Whether packets travel with a virtio-net header, and so may be larger than the MTU.
    boolean vnetHeader();

    /// Whether UDP datagrams may be joined too (USO, Linux 6.2).
    boolean joinsUdp();

    /// Tells the counters page what this door found and counted: names and values, one by one.
    default void tell(BiConsumer<String, String> page) {}

    /// The link's name when it was opened.
    String name();

    /// To be called when no thread reads or writes any more. The link goes with its last queue, unless it
    /// was made to stay.
    @Override
    void close();
}
