// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.engine.allowed.AllowedIps;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One thread's view of the allowed IPs: the trie, and a cache of the last two addresses, so that bulk flows
/// in both directions cost a comparison. Every I/O thread has its own, from [DeviceCore#newLookup()].
/// Allocates nothing.
public final class PeerLookup {
    private final Supplier<AllowedIps<Peer>> current;
    /// The snapshot that the cached answers came from.
    private @Nullable AllowedIps<Peer> snapshot;
    private final Remembered first = new Remembered();
    private final Remembered second = new Remembered();
    private boolean replaceFirst;

    PeerLookup(Supplier<AllowedIps<Peer>> current) {
        this.current = current;
    }

    /// TX: the peer of a packet's destination; null for none.
    ///
    /// @param version from [InnerPacket#version]: 4 or 6
    public @Nullable Peer byDestination(int version, byte[] packet, int offset) {
        return version == 4
                ? find(false, 0, InnerPacket.destination4(packet, offset) & 0xffff_ffffL)
                : find(true, InnerPacket.destination6High(packet, offset), InnerPacket.destination6Low(packet, offset));
    }

    /// RX: whether `peer` may send this packet: the longest prefix that covers the packet's source belongs to
    /// exactly this peer.
    ///
    /// @param version from [InnerPacket#version]: 4 or 6
    public boolean mayComeFrom(Peer peer, int version, byte[] packet, int offset) {
        Peer owner = version == 4
                ? find(false, 0, InnerPacket.source4(packet, offset) & 0xffff_ffffL)
                : find(true, InnerPacket.source6High(packet, offset), InnerPacket.source6Low(packet, offset));
        return owner == peer;
    }

    /// TX: records the destination of a packet that no peer's allowed IPs cover.
    public void recordDestination(DropCounters drops, int version, byte[] packet, int offset) {
        if (version == 4) {
            drops.note(Drop.TX_NO_PEER, null, false, 0, InnerPacket.destination4(packet, offset), 0);
        } else {
            long high = InnerPacket.destination6High(packet, offset);
            drops.note(Drop.TX_NO_PEER, null, true, high, InnerPacket.destination6Low(packet, offset), 0);
        }
    }

    /// RX: records the source of a packet that `peer` may not send.
    public void recordSource(DropCounters drops, Peer peer, int version, byte[] packet, int offset) {
        boolean v6 = version != 4;
        long high = v6 ? InnerPacket.source6High(packet, offset) : 0;
        long low = v6 ? InnerPacket.source6Low(packet, offset) : InnerPacket.source4(packet, offset);
        drops.note(Drop.RX_DISALLOWED_INNER_SOURCE, peer.publicKey(), v6, high, low, 0);
    }

    private @Nullable Peer find(boolean v6, long high, long low) {
        AllowedIps<Peer> now = current.get();
        if (now != snapshot) {
            snapshot = now;
            first.forget();
            second.forget();
        }
        if (first.is(v6, high, low)) {
            return first.peer;
        }
        if (second.is(v6, high, low)) {
            return second.peer;
        }
        Peer found = v6 ? now.find6(high, low) : now.find4((int) low);
        replaceFirst = !replaceFirst;
        (replaceFirst ? first : second).remember(v6, high, low, found);
        return found;
    }

    /// An address and its peer.
    private static final class Remembered {
        private boolean valid;
        private boolean v6;
        private long high;
        private long low;
        private @Nullable Peer peer;

        boolean is(boolean otherV6, long otherHigh, long otherLow) {
            return valid && low == otherLow && high == otherHigh && v6 == otherV6;
        }

        void remember(boolean newV6, long newHigh, long newLow, @Nullable Peer newPeer) {
            valid = true;
            v6 = newV6;
            high = newHigh;
            low = newLow;
            peer = newPeer;
        }

        void forget() {
            valid = false;
            peer = null;
        }
    }
}
