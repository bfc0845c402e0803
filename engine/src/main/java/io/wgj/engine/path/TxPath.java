// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.Drop;
import io.wgj.engine.core.InnerPacket;
import io.wgj.engine.core.Keypair;
import io.wgj.engine.core.Peer;
import io.wgj.engine.core.PeerLookup;
import io.wgj.engine.crypto.Aead;
import io.wgj.engine.io.TunClosedException;
import io.wgj.engine.io.TunPort;
import io.wgj.engine.io.UdpOutput;
import io.wgj.engine.packet.Segmenter;
import org.jspecify.annotations.Nullable;

/// What TX does with what the system sends into the tunnel (engine specification A.10). One thread, no allocation.
/// Of several such threads each has a queue of the TUN, and the flows that the kernel gives to it; they meet only
/// where packets wait for a session.
final class TxPath implements Path {
    /// How many reads are done before what they made is sent, however much more there is.
    private static final int MOST_READS = 64;
    /// What an IPv4 datagram holds besides our own framing: larger packets cannot travel.
    private static final int MOST_PADDED = UdpOutput.MOST_TRAIN_BYTES - OutgoingTrain.OVERHEAD;

    private final DeviceCore core;
    private final TunPort tun;
    private final PeerLookup lookup;
    private final Segmenter segmenter;
    private final OutgoingTrain train;
    private final Mtu mtu;
    private final byte[] buffer = new byte[TunPort.READ_ROOM];
    private long malformed;

    /// @param aead this thread's own
    /// @param mtu the TUN's, asked for each packet
    TxPath(DeviceCore core, TunPort tun, UdpOutput udp, Aead aead, Mtu mtu, PathCounters counters) {
        this.core = core;
        this.tun = tun;
        this.mtu = mtu;
        this.lookup = core.newLookup();
        this.segmenter = new Segmenter(tun.vnetHeader());
        this.train = new OutgoingTrain(core, udp, aead, counters);
    }

    /// Sends what waited for sessions, then what the TUN has now.
    @Override
    public boolean run(long now) throws TunClosedException {
        if (core.hasFlushes()) {
            flushStaged(now);
        }
        int reads = 0;
        int length = 0;
        while (reads < MOST_READS && (length = tun.read(buffer, 0)) > 0) {
            reads++;
            for (boolean more = segmenter.start(buffer, 0, length); more; more = segmenter.next()) {
                route(now);
            }
        }
        train.flush(now);
        long dropped = segmenter.malformed();
        if (dropped != malformed) {
            core.drops().count(Drop.TX_MALFORMED, (int) (dropped - malformed));
            malformed = dropped;
        }
        return reads == MOST_READS;
    }

    private void route(long now) {
        int offset = segmenter.offset();
        int length = segmenter.length();
        int version = InnerPacket.version(buffer, offset, length);
        if (version == 0) {
            core.drops().count(Drop.TX_MALFORMED);
            return;
        }
        Peer peer = lookup.byDestination(version, buffer, offset);
        if (peer == null) {
            core.drops().count(Drop.TX_NO_PEER);
            return;
        }
        int padded = InnerPacket.paddedLength(length, mtu.bytes());
        if (padded > MOST_PADDED) {
            core.drops().count(Drop.TX_MALFORMED);
            return;
        }
        Keypair session = core.keypairToSend(peer, now);
        if (session == null) {
            // What was sealed so far is older than what is staged now.
            train.flush(now);
            core.stage(peer, buffer, offset, length, now);
            return;
        }
        segmenter.pad(padded);
        train.add(session, buffer, offset, padded, now);
    }

    private void flushStaged(long now) {
        for (Peer peer = core.nextToFlush(); peer != null; peer = core.nextToFlush()) {
            core.beginFlush(peer);
            try {
                flushStaged(peer, now);
                train.flush(now);
            } finally {
                core.endFlush(peer);
            }
        }
    }

    private void flushStaged(Peer peer, long now) {
        while (true) {
            @Nullable Keypair session = core.flushKeypair(peer, now);
            if (session == null) {
                return;
            }
            int length = core.takeStaged(peer, buffer, 0);
            if (length < 0) {
                return;
            }
            int padded = InnerPacket.paddedLength(length, mtu.bytes());
            for (int i = length; i < padded; i++) {
                buffer[i] = 0;
            }
            train.add(session, buffer, 0, padded, now);
        }
    }
}
