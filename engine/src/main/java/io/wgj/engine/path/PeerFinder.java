// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.Drop;
import io.wgj.engine.core.InnerPacket;
import io.wgj.engine.core.Peer;
import io.wgj.engine.core.PeerLookup;
import io.wgj.engine.io.UdpOutput;
import io.wgj.engine.packet.Segmenter;
import org.jspecify.annotations.Nullable;

/// Finds the peer that a read of the TUN goes to, and counts reads that cannot be sent. For one thread.
final class PeerFinder {
    /// An IPv4 datagram minus the header and tag of a message: a larger packet cannot be sent.
    private static final int MOST_PADDED = UdpOutput.MOST_TRAIN_BYTES - SealedTrain.OVERHEAD;

    private final DeviceCore core;
    private final PeerLookup lookup;
    private final Mtu mtu;

    PeerFinder(DeviceCore core, Mtu mtu) {
        this.core = core;
        this.lookup = core.newLookup();
        this.mtu = mtu;
    }

    /// The peer of all segments of a read, which have one destination.
    ///
    /// @param read started, or measured
    /// @return null, counted as a drop, when there is none
    @Nullable
    Peer find(byte[] buffer, Segmenter read) {
        int version = InnerPacket.version(buffer, read.offset(), read.longest());
        if (version == 0 || InnerPacket.paddedLength(read.longest(), mtu.bytes()) > MOST_PADDED) {
            core.drops().count(Drop.TX_MALFORMED);
            return null;
        }
        Peer peer = lookup.byDestination(version, buffer, read.offset());
        if (peer == null) {
            core.drops().count(Drop.TX_NO_PEER, read.segments());
            lookup.recordDestination(core.drops(), version, buffer, read.offset());
        }
        return peer;
    }
}
