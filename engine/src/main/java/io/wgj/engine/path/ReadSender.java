// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.InnerPacket;
import io.wgj.engine.core.Keypair;
import io.wgj.engine.core.Peer;
import io.wgj.engine.packet.Segmenter;
import org.jspecify.annotations.Nullable;

/// Seals and sends a read of the TUN, and sends packets that were staged for a session. For one thread.
final class ReadSender {
    /// The most counters taken at once. A read of very small segments has more segments than the other end's
    /// replay window; what other threads send in the meantime must stay inside that window.
    private static final int MOST_COUNTERS = 1_024;

    private final DeviceCore core;
    private final OutgoingTrain train;
    private final Mtu mtu;
    private final byte[] staged;

    /// @param train this thread's own
    /// @param mtu the MTU of the TUN, read for each read
    /// @param staged room for a packet out of the staging memory, [io.wgj.engine.io.TunPort#READ_ROOM] bytes
    ReadSender(DeviceCore core, OutgoingTrain train, Mtu mtu, byte[] staged) {
        this.core = core;
        this.train = train;
        this.mtu = mtu;
        this.staged = staged;
    }

    /// Seals a read that was started, or stages it until there is a session. The last train waits for
    /// [#flush].
    void send(Segmenter read, byte[] buffer, Peer peer, long now) {
        Keypair session = core.keypairToSend(peer, now);
        if (session == null) {
            // What was sealed so far is older than what is staged now.
            train.flush(now);
            do {
                core.stage(peer, buffer, read.offset(), read.length(), now);
            } while (read.next());
            return;
        }
        for (int left = read.segments(); left > 0; left -= MOST_COUNTERS) {
            int count = Math.min(left, MOST_COUNTERS);
            long first = session.takeCounters(count);
            train.addSegments(read, buffer, session, first, count, mtu.bytes(), now);
        }
    }

    /// Sends what is sealed.
    void flush(long now) {
        train.flush(now);
    }

    /// Sends the staged packets of every peer that has a session by now.
    void sendStaged(long now) {
        for (Peer peer = core.nextToFlush(); peer != null; peer = core.nextToFlush()) {
            sendStaged(peer, now);
        }
    }

    /// Sends the staged packets of this peer. Returns when all of them are sent, also those that another
    /// thread has taken out; it waits for that thread only while it sends.
    void sendStaged(Peer peer, long now) {
        core.beginFlush(peer);
        try {
            sealStaged(peer, now);
            train.flush(now);
        } finally {
            core.endFlush(peer);
        }
    }

    private void sealStaged(Peer peer, long now) {
        while (true) {
            @Nullable Keypair session = core.flushKeypair(peer, now);
            if (session == null) {
                return;
            }
            int length = core.takeStaged(peer, staged, 0);
            if (length < 0) {
                return;
            }
            int padded = InnerPacket.paddedLength(length, mtu.bytes());
            for (int i = length; i < padded; i++) {
                staged[i] = 0;
            }
            train.add(session, session.takeCounters(1), staged, 0, padded, now);
        }
    }
}
