// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.Keypair;
import io.wgj.engine.core.Peer;
import io.wgj.engine.crypto.Aead;
import io.wgj.engine.dispatch.InternalErrors;
import io.wgj.engine.dispatch.WorkHandler;
import io.wgj.engine.io.TunClosedException;
import io.wgj.engine.io.TunPort;
import io.wgj.engine.packet.Segmenter;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Handles outgoing batches for one thread, a TX thread or a worker. It seals a batch at any time and sends
/// sealed batches, its own and others', when the [InOrderQueue] says so. An exception costs the batch in
/// which it is thrown and no more.
///
/// Before it sends a batch, it sends what is staged for the same peers. Reads are staged only while a batch
/// is delivered, so everything older is sent or staged by then.
public final class BatchHandler implements WorkHandler<OutgoingBatch> {
    private final DeviceCore core;
    private final Supplier<Aead> contexts;
    private final TrainSender sender;
    private final Mtu mtu;
    private final InternalErrors errors;
    private final Ahead ahead = new Ahead();
    private final byte[] staged = new byte[TunPort.READ_ROOM];
    private Aead aead;
    private OutgoingTrain train;
    private ReadSender reads;

    /// @param contexts makes a cipher context for this thread; called again after an exception
    /// @param sender this thread's own
    public BatchHandler(DeviceCore core, Supplier<Aead> contexts, TrainSender sender, Mtu mtu, InternalErrors errors) {
        this.core = core;
        this.contexts = contexts;
        this.sender = sender;
        this.mtu = mtu;
        this.errors = errors;
        startAgain();
    }

    private void startAgain() {
        aead = contexts.get();
        train = new OutgoingTrain(aead, sender);
        reads = new ReadSender(core, train, mtu, staged);
    }

    /// Seals the batch, then sends every batch that is due in its queue.
    @Override
    public void handle(OutgoingBatch batch) throws TunClosedException {
        try {
            seal(batch);
        } catch (RuntimeException failure) {
            batch.forget();
            startAgain();
            errors.recovered(failure);
        }
        batch.queue().complete(batch, this);
    }

    private void seal(OutgoingBatch batch) {
        ahead.batch = batch;
        for (int read = 0; read < batch.left(); read++) {
            seal(batch, read, Objects.requireNonNull(batch.session(read)), ahead);
        }
    }

    private void seal(OutgoingBatch batch, int read, Keypair session, Sealer into) {
        Segmenter segments = batch.start(read);
        into.addSegments(
                segments, batch.buffer(), session, batch.counter(read), segments.segments(), mtu.bytes(), batch.now);
    }

    @Override
    public void deliver(OutgoingBatch batch) {
        sender.countIn(batch.sent());
        try {
            for (int i = 0; i < batch.trains(); i++) {
                SealedTrain sealed = batch.train(i);
                Keypair session = sealed.session();
                if (session != null) {
                    sendOlder(session.peer(), batch.now);
                    sender.send(sealed, batch.now);
                }
            }
            for (int read = batch.left(); read < batch.reads(); read++) {
                deliver(batch, read);
            }
            reads.flush(batch.now);
        } catch (RuntimeException failure) {
            startAgain();
            errors.recovered(failure);
        }
    }

    /// Sends a read that was not sealed ahead.
    private void deliver(OutgoingBatch batch, int read) {
        Peer peer = batch.peer(read);
        Keypair session = batch.session(read);
        sendOlder(peer, batch.now);
        if (session == null) {
            reads.send(batch.start(read), batch.buffer(), peer, batch.now);
        } else {
            seal(batch, read, session, train);
        }
    }

    private void sendOlder(Peer peer, long now) {
        if (core.mustFlush(peer, now)) {
            reads.sendStaged(peer, now);
        }
    }

    /// Does nothing: [#deliver] sends at once.
    @Override
    public void flush() {}

    /// Sends what waited for sessions that exist by now.
    void sendStaged(long now) {
        sender.countInOwn();
        reads.sendStaged(now);
    }

    /// Seals into the batch at hand.
    private final class Ahead implements Sealer {
        private @Nullable OutgoingBatch batch;

        @Override
        public void add(Keypair session, long counter, byte[] packet, int offset, int paddedLength, long now) {
            OutgoingBatch into = Objects.requireNonNull(batch);
            into.trainFor(session, paddedLength).seal(aead, session, counter, packet, offset, paddedLength);
        }
    }
}
