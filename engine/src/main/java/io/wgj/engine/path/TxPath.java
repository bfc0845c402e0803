// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.Drop;
import io.wgj.engine.core.Peer;
import io.wgj.engine.crypto.Aead;
import io.wgj.engine.dispatch.ThreadCounters;
import io.wgj.engine.io.TunClosedException;
import io.wgj.engine.io.TunPort;
import io.wgj.engine.io.UdpOutput;
import io.wgj.engine.packet.Segmenter;

/// The path from the TUN to the UDP sockets where there are no workers (docs/cases.md A.10). For one thread,
/// without allocation. Where there are several TX threads, each reads its own queue of the TUN, and the
/// kernel keeps a flow in one queue. The threads meet only where packets wait for a session.
public final class TxPath implements Path {
    /// How many reads are handled before their messages are sent, however many more are ready.
    static final int MOST_READS = 64;

    private final DeviceCore core;
    private final TunPort tun;
    private final Segmenter segmenter;
    private final PeerFinder peers;
    private final ReadSender sender;
    private final byte[] buffer = new byte[TunPort.READ_ROOM];

    /// @param aead this thread's own
    /// @param mtu the MTU of the TUN, read for each read
    public TxPath(DeviceCore core, TunPort tun, UdpOutput udp, Aead aead, Mtu mtu, ThreadCounters counters) {
        this.core = core;
        this.tun = tun;
        this.segmenter = new Segmenter(tun.vnetHeader());
        this.peers = new PeerFinder(core, mtu);
        OutgoingTrain train = new OutgoingTrain(aead, new TrainSender(core, udp, counters));
        this.sender = new ReadSender(core, train, mtu, buffer);
    }

    /// Sends what was staged for sessions that exist by now, then what the TUN has now.
    @Override
    public boolean run(long now) throws TunClosedException {
        if (core.hasFlushes()) {
            sender.sendStaged(now);
        }
        int reads = 0;
        int length = 0;
        while (reads < MOST_READS && (length = tun.read(buffer, 0)) > 0) {
            reads++;
            handle(length, now);
        }
        sender.flush(now);
        return reads == MOST_READS;
    }

    private void handle(int length, long now) {
        if (!segmenter.start(buffer, 0, length)) {
            core.drops().count(Drop.TX_MALFORMED);
            return;
        }
        Peer peer = peers.find(buffer, segmenter);
        if (peer != null) {
            sender.send(segmenter, buffer, peer, now);
        }
    }
}
