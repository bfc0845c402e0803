// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.Keypair;
import io.wgj.engine.core.Peer;
import io.wgj.engine.crypto.Aead;
import io.wgj.engine.dispatch.InternalErrors;
import io.wgj.engine.dispatch.WorkHandler;
import io.wgj.engine.io.TunPort;
import io.wgj.engine.packet.Segmenter;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Handles outgoing batches for one thread, a TX thread or a worker. A batch whose turn it is, is sealed into
/// this thread's own train, which goes on from batch to batch. Any other is sealed ahead, in the batch, and
/// sent in its turn. An exception costs the batch in which it is thrown, what waits in the train, and no more.
///
/// Before it sends a batch, it sends what is staged for the same peers. Reads are staged only in the turn of
/// their batch, so everything older is sent or staged by then.
public final class BatchHandler extends WorkHandler<OutgoingBatch> {
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
    /// The time of the batch that was handled last.
    private long now;

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

    @Override
    protected void process(OutgoingBatch batch) {
        begin(batch);
        try {
            for (int read = 0; read < batch.reads(); read++) {
                send(batch, read);
            }
        } catch (RuntimeException failure) {
            startAgain();
            errors.recovered(failure);
        }
    }

    @Override
    protected void prepare(OutgoingBatch batch) {
        ahead.batch = batch;
        try {
            for (int read = 0; read < batch.left(); read++) {
                seal(batch, read, Objects.requireNonNull(batch.session(read)), ahead);
            }
        } catch (RuntimeException failure) {
            batch.forget();
            startAgain();
            errors.recovered(failure);
        }
    }

    private void seal(OutgoingBatch batch, int read, Keypair session, Sealer into) {
        Segmenter segments = batch.start(read);
        into.addSegments(
                segments, batch.buffer(), session, batch.counter(read), segments.segments(), mtu.bytes(), batch.now);
    }

    @Override
    protected void deliver(OutgoingBatch batch) {
        begin(batch);
        try {
            // What this thread has sealed in an earlier turn.
            reads.flush(now);
            for (int i = 0; i < batch.trains(); i++) {
                SealedTrain sealed = batch.train(i);
                Keypair session = sealed.session();
                if (session != null) {
                    sendOlder(session.peer());
                    sender.send(sealed, now);
                }
            }
            for (int read = batch.left(); read < batch.reads(); read++) {
                send(batch, read);
            }
        } catch (RuntimeException failure) {
            startAgain();
            errors.recovered(failure);
        }
    }

    private void begin(OutgoingBatch batch) {
        now = batch.now;
        sender.countIn(batch.sent());
    }

    /// Seals a read in its turn. The last train waits for [#flush].
    private void send(OutgoingBatch batch, int read) {
        Peer peer = batch.peer(read);
        Keypair session = batch.session(read);
        sendOlder(peer);
        if (session == null) {
            reads.send(batch.start(read), batch.buffer(), peer, now);
        } else {
            seal(batch, read, session, train);
        }
    }

    private void sendOlder(Peer peer) {
        if (core.mustFlush(peer, now)) {
            reads.sendStaged(peer, now);
        }
    }

    @Override
    protected void flush() {
        try {
            reads.flush(now);
        } catch (RuntimeException failure) {
            startAgain();
            errors.recovered(failure);
        }
    }

    /// Sends what waited for sessions that exist by now.
    void sendStaged(long when) {
        sender.countInOwn();
        reads.sendStaged(when);
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
