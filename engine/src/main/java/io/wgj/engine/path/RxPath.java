// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.Drop;
import io.wgj.engine.core.Keypair;
import io.wgj.engine.crypto.Aead;
import io.wgj.engine.dispatch.ThreadCounters;
import io.wgj.engine.io.Train;
import io.wgj.engine.io.TunClosedException;
import io.wgj.engine.io.UdpPort;
import io.wgj.engine.noise.Messages;
import io.wgj.engine.packet.Merger;

/// The path from the UDP sockets to the TUN where there are no workers (docs/cases.md A.11). For one thread.
/// It allocates for handshake messages and when a peer has moved, never for data.
public final class RxPath implements Path {
    /// How many receives are handled before their packets are written, however many more are ready.
    static final int MOST_RECEIVES = 16;

    private final DeviceCore core;
    private final UdpPort udp;
    private final Aead aead;
    private final Merger<TunClosedException> merger;
    private final SessionFinder sessions;
    private final SessionTally tally;
    private final SourceCheck sources;
    private final Train train = new Train();
    private final ThreadCounters counters;

    /// @param aead this thread's own
    public RxPath(DeviceCore core, UdpPort udp, Aead aead, Merger<TunClosedException> merger, ThreadCounters counters) {
        this.counters = counters;
        this.core = core;
        this.udp = udp;
        this.aead = aead;
        this.merger = merger;
        this.sessions = new SessionFinder(core);
        this.tally = new SessionTally(core);
        this.sources = new SourceCheck(core);
    }

    /// Delivers what the socket has now.
    @Override
    public boolean run(long now) throws TunClosedException {
        int receives = 0;
        while (receives < MOST_RECEIVES && udp.receive(train)) {
            receives++;
            handle(now);
        }
        merger.flush();
        return receives == MOST_RECEIVES;
    }

    private void handle(long now) throws TunClosedException {
        int end = train.length;
        int step = train.segmentSize;
        int data = 0;
        for (int at = 0; at < end; at += step) {
            int length = Math.min(step, end - at);
            if (Messages.type(train.data, at, length) == Messages.DATA && length >= Messages.KEEPALIVE_LENGTH) {
                data++;
                open(at, length, now);
            } else {
                core.offer(train.data, at, length, train.toFlow());
            }
        }
        if (end == 0) {
            core.drops().count(Drop.RX_MALFORMED);
        }
        sessions.forget();
        tally.leave(train, now);
        if (data > 0) {
            counters.train(data);
        }
    }

    private void open(int at, int length, long now) throws TunClosedException {
        Keypair keypair = sessions.find(train, at, now);
        if (keypair == null) {
            return;
        }
        long counter = Messages.counter(train.data, at);
        int sealed = length - Messages.DATA_HEADER;
        int plain = sealed - Aead.TAG_LENGTH;
        int into = merger.begin(plain);
        boolean deliver = false;
        if (!aead.open(
                keypair.receiveKey(), counter, train.data, at + Messages.DATA_HEADER, sealed, merger.array(), into)) {
            core.drops().count(Drop.RX_BAD_TAG);
        } else if (!keypair.accept(counter)) {
            core.drops().count(Drop.RX_REPLAY);
        } else {
            tally.accepted(keypair, train, length, plain > 0, now);
            deliver = plain > 0;
        }
        int packet = deliver ? sources.length(keypair, merger.array(), into, plain) : -1;
        if (packet < 0) {
            merger.abandon();
        } else {
            merger.commit(packet);
        }
    }
}
