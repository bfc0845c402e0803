// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.Drop;
import io.wgj.engine.core.Keypair;
import io.wgj.engine.crypto.Aead;
import io.wgj.engine.dispatch.InternalErrors;
import io.wgj.engine.dispatch.WorkHandler;
import io.wgj.engine.io.Train;
import io.wgj.engine.io.TunClosedException;
import io.wgj.engine.noise.Messages;
import io.wgj.engine.packet.Merger;
import java.util.function.Supplier;

/// Handles received trains for one thread, RX or a worker. It opens a train at any time and delivers opened
/// trains, its own and others', when the [InOrderQueue] says so. An exception costs the train in which it is
/// thrown and no more. Allocates nothing for data.
public final class TrainHandler implements WorkHandler<IncomingTrain> {
    private final DeviceCore core;
    private final Supplier<Aead> contexts;
    private final Supplier<Merger<TunClosedException>> mergers;
    private final InternalErrors errors;
    private final SessionTally tally;
    private final SourceCheck sources;
    private Aead aead;
    private Merger<TunClosedException> merger;

    /// @param contexts makes a cipher context for this thread; called again after an exception
    /// @param mergers makes a merger that writes for this thread; called again after an exception
    public TrainHandler(
            DeviceCore core,
            Supplier<Aead> contexts,
            Supplier<Merger<TunClosedException>> mergers,
            InternalErrors errors) {
        this.core = core;
        this.contexts = contexts;
        this.mergers = mergers;
        this.errors = errors;
        this.tally = new SessionTally(core);
        this.sources = new SourceCheck(core);
        this.aead = contexts.get();
        this.merger = mergers.get();
    }

    /// Decrypts the train in place, then delivers every train that is due in its queue.
    @Override
    public void handle(IncomingTrain train) throws TunClosedException {
        try {
            open(train);
        } catch (RuntimeException failure) {
            train.forget();
            aead = contexts.get();
            errors.recovered(failure);
        }
        train.queue().complete(train, this);
    }

    private void open(IncomingTrain incoming) {
        byte[] data = incoming.train.data;
        for (int i = 0; i < incoming.messages(); i++) {
            Keypair keypair = incoming.session(i);
            if (keypair == null) {
                continue;
            }
            int at = incoming.offset(i);
            int text = at + Messages.DATA_HEADER;
            int sealed = incoming.length(i) - Messages.DATA_HEADER;
            if (!aead.open(keypair.receiveKey(), Messages.counter(data, at), data, text, sealed, data, text)) {
                core.drops().count(Drop.RX_BAD_TAG);
                incoming.drop(i);
            }
        }
    }

    @Override
    public void deliver(IncomingTrain train) throws TunClosedException {
        try {
            deliverAll(train);
        } catch (RuntimeException failure) {
            merger = mergers.get();
            errors.recovered(failure);
        }
        tally.leave(train.train, train.now);
    }

    private void deliverAll(IncomingTrain incoming) throws TunClosedException {
        Train train = incoming.train;
        for (int i = 0; i < incoming.messages(); i++) {
            Keypair keypair = incoming.session(i);
            if (keypair == null) {
                continue;
            }
            int at = incoming.offset(i);
            int length = incoming.length(i);
            int plain = length - Messages.KEEPALIVE_LENGTH;
            // Also refuses messages that were opened with the zeroed key of a session destroyed in the
            // meantime.
            if (!keypair.accept(Messages.counter(train.data, at))) {
                core.drops().count(Drop.RX_REPLAY);
                continue;
            }
            tally.accepted(keypair, train, length, plain > 0, incoming.now);
            if (plain > 0) {
                deliver(keypair, train.data, at + Messages.DATA_HEADER, plain);
            }
        }
    }

    private void deliver(Keypair keypair, byte[] data, int at, int plain) throws TunClosedException {
        int length = sources.length(keypair, data, at, plain);
        if (length >= 0) {
            int into = merger.begin(length);
            System.arraycopy(data, at, merger.array(), into, length);
            merger.commit(length);
        }
    }

    @Override
    public void flush() throws TunClosedException {
        try {
            merger.flush();
        } catch (RuntimeException failure) {
            merger = mergers.get();
            errors.recovered(failure);
        }
    }
}
