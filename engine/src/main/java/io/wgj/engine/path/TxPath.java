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

/// The path from the TUN to the UDP sockets (docs/cases.md A.10), with or without workers. It reads into
/// batches, finds the peer of each read, and gives each batch its place in an in-order queue. With workers it
/// also finds the session and takes the counters, so that a batch can be sealed before its turn. TX seals and
/// sends a batch itself when no other is ready, so that no thread has to be woken for it. Of several that are
/// ready it hands all but the last to workers. Without workers a batch holds one read.
///
/// Where there are several TX threads, each reads its own queue of the TUN, and the kernel keeps a flow in one
/// queue. The threads meet only where packets wait for a session. Nothing here allocates after the first use.
public final class TxPath implements Path {
    /// How many batches are started before TX looks at staged packets again, however many more are ready.
    private static final int MOST_BATCHES = 16;

    private final DeviceCore core;
    private final TunPort tun;
    private final TxDispatcher dispatcher;
    private final BatchHandler work;
    private final ThreadCounters counters;
    private final InternalErrors errors;
    private final PeerFinder peers;
    private final boolean hasWorkers;
    /// Whether the last read of the TUN found nothing.
    private boolean drained;

    /// @param work this thread's own
    /// @param mtu the MTU of the TUN, read for each read
    public TxPath(
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
        this.hasWorkers = dispatcher.hasWorkers();
    }

    /// Sends what was staged for sessions that exist by now, then what the TUN has now.
    @Override
    public boolean run(long now) throws TunClosedException {
        if (core.hasFlushes()) {
            work.sendStaged(now);
        }
        try {
            readAll(now);
        } finally {
            work.giveBack();
        }
        return !drained;
    }

    private void readAll(long now) throws TunClosedException {
        int most = hasWorkers ? MOST_BATCHES : OutgoingBatch.MOST_READS;
        int batches = 0;
        OutgoingBatch waiting = null;
        drained = false;
        while (batches < most && !drained) {
            OutgoingBatch batch = dispatcher.take();
            if (batch == null) {
                if (batches == 0) {
                    dispatcher.awaitFree();
                }
                break;
            }
            fill(batch, now);
            if (batch.isEmpty()) {
                batch.free();
                break;
            }
            batches++;
            if (waiting != null) {
                dispatch(waiting, true);
            }
            waiting = batch;
            // A worker gets only a batch that has another behind it. So only with workers TX looks ahead.
            if (!hasWorkers) {
                dispatch(batch, false);
                waiting = null;
            }
        }
        if (waiting != null) {
            dispatch(waiting, batches == most && !drained);
        }
    }

    /// Adds what the TUN has now.
    private void fill(OutgoingBatch batch, long now) throws TunClosedException {
        batch.begin(now);
        for (int reads = 0; reads < OutgoingBatch.MOST_READS && batch.hasRoom() && !drained; reads++) {
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
    }

    private void add(OutgoingBatch batch, int length) {
        Segmenter read = batch.measure(length);
        if (read == null) {
            core.drops().count(Drop.TX_MALFORMED);
            return;
        }
        Peer peer = peers.find(batch.buffer(), read);
        if (peer == null) {
            return;
        }
        // Without workers this is done in the batch's turn, which is at once.
        Keypair session = hasWorkers ? core.keypairToSend(peer, batch.now) : null;
        long counter = session == null ? 0 : session.takeCounters(read.segments());
        batch.add(length, peer, session, counter);
    }

    /// @param more whether another batch is ready
    private void dispatch(OutgoingBatch batch, boolean more) throws TunClosedException {
        dispatcher.queue().enqueue(batch);
        if (!more || !handOff(batch)) {
            work.handleAndKeep(batch);
        }
    }

    private boolean handOff(OutgoingBatch batch) throws TunClosedException {
        // The worker must not wait for a turn that TX keeps.
        work.giveBack();
        if (!dispatcher.handOff(batch)) {
            return false;
        }
        counters.handedOff();
        return true;
    }
}
