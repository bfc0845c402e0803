// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.Drop;
import io.wgj.engine.core.Keypair;
import io.wgj.engine.core.Peer;
import io.wgj.engine.dispatch.InternalErrors;
import io.wgj.engine.dispatch.ThreadCounters;
import io.wgj.engine.io.TunClosedException;
import io.wgj.engine.io.TunPort;
import io.wgj.engine.packet.Segmenter;
import org.jspecify.annotations.Nullable;

/// The path from the TUN to the UDP sockets where there are workers. A TX thread reads into batches, finds
/// the peer of each read, takes its counters and gives each batch its place in an [InOrderQueue]. TX seals
/// and sends a batch itself when no other is ready, so that no thread has to be woken for it. Of several that
/// are ready it hands all but the last to workers.
public final class SharedTxPath implements Path {
    /// How many batches are started before TX looks at staged packets again, however many more are ready.
    private static final int MOST_BATCHES = 16;

    private final DeviceCore core;
    private final TunPort tun;
    private final TxDispatcher dispatcher;
    private final BatchHandler work;
    private final ThreadCounters counters;
    private final InternalErrors errors;
    private final PeerFinder peers;
    private final Segmenter measure;
    /// Whether the last read of the TUN found nothing.
    private boolean drained;

    /// @param work this thread's own
    public SharedTxPath(
            DeviceCore core,
            TunPort tun,
            TxDispatcher dispatcher,
            BatchHandler work,
            Mtu mtu,
            ThreadCounters counters,
            InternalErrors errors) {
        this.core = core;
        this.tun = tun;
        this.dispatcher = dispatcher;
        this.work = work;
        this.counters = counters;
        this.errors = errors;
        this.peers = new PeerFinder(core, mtu);
        this.measure = new Segmenter(tun.vnetHeader());
    }

    @Override
    public boolean run(long now) throws TunClosedException {
        if (core.hasFlushes()) {
            work.sendStaged(now);
        }
        OutgoingBatch batch = filled(now);
        if (batch == null) {
            dispatcher.awaitFree();
            return true;
        }
        for (int batches = 1; !drained && batches < MOST_BATCHES; batches++) {
            OutgoingBatch behind = filled(now);
            if (behind == null) {
                dispatch(batch, false);
                return true;
            }
            if (behind.isEmpty()) {
                behind.free();
                break;
            }
            dispatch(batch, true);
            batch = behind;
        }
        if (batch.isEmpty()) {
            batch.free();
        } else {
            dispatch(batch, !drained);
        }
        return !drained;
    }

    /// A batch of what the TUN has now; empty when that is nothing. Null when all batches are in use.
    private @Nullable OutgoingBatch filled(long now) throws TunClosedException {
        OutgoingBatch batch = dispatcher.take();
        if (batch == null) {
            return null;
        }
        batch.begin(now);
        drained = false;
        for (int reads = 0; reads < TxPath.MOST_READS && batch.hasRoom() && !drained; reads++) {
            try {
                int length = tun.read(batch.buffer(), batch.end());
                if (length > 0) {
                    add(batch, length);
                } else {
                    drained = true;
                }
            } catch (RuntimeException failure) {
                errors.recovered(failure);
            }
        }
        return batch;
    }

    private void add(OutgoingBatch batch, int length) {
        if (measure.measure(batch.buffer(), batch.end(), length) == 0) {
            core.drops().count(Drop.TX_MALFORMED);
            return;
        }
        Peer peer = peers.find(batch.buffer(), measure);
        if (peer == null) {
            return;
        }
        Keypair session = core.keypairToSend(peer, batch.now);
        long counter = session == null ? 0 : session.takeCounters(measure.segments());
        batch.add(length, measure, peer, session, counter);
    }

    /// @param more whether another batch is ready
    private void dispatch(OutgoingBatch batch, boolean more) throws TunClosedException {
        dispatcher.queue().enqueue(batch);
        if (more && dispatcher.handOff(batch)) {
            counters.handedOff();
        } else {
            work.handle(batch);
        }
    }
}
