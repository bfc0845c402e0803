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

/// Handles received trains for one thread, RX or a worker. A train whose turn it is, is decrypted to where the
/// [Merger] wants it. Any other is decrypted in place, and copied to a merger in its turn. An exception costs
/// the train in which it is thrown, what waits in the merger, and no more. Allocates nothing for data.
public final class TrainHandler extends WorkHandler<IncomingTrain> {
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

    @Override
    protected void process(IncomingTrain incoming) throws TunClosedException {
        try {
            for (int i = 0; i < incoming.messages(); i++) {
                Keypair keypair = incoming.session(i);
                if (keypair != null) {
                    process(keypair, incoming.train, incoming.offset(i), incoming.length(i), incoming.now);
                }
            }
        } catch (RuntimeException failure) {
            startAgain(failure);
        }
        tally.leave(incoming.train, incoming.now);
    }

    private void process(Keypair keypair, Train train, int at, int length, long now) throws TunClosedException {
        int plain = length - Messages.KEEPALIVE_LENGTH;
        int into = merger.begin(plain);
        byte[] array = merger.array();
        int packet = -1;
        if (open(keypair, train.data, at, length, array, into)
                && accept(keypair, train, at, length, now)
                && plain > 0) {
            packet = sources.length(keypair, array, into, plain);
        }
        if (packet < 0) {
            merger.abandon();
        } else {
            merger.commit(packet);
        }
    }

    @Override
    protected void prepare(IncomingTrain incoming) {
        byte[] data = incoming.train.data;
        try {
            for (int i = 0; i < incoming.messages(); i++) {
                Keypair keypair = incoming.session(i);
                int at = incoming.offset(i);
                if (keypair != null && !open(keypair, data, at, incoming.length(i), data, at + Messages.DATA_HEADER)) {
                    incoming.drop(i);
                }
            }
        } catch (RuntimeException failure) {
            incoming.forget();
            aead = contexts.get();
            errors.recovered(failure);
        }
    }

    @Override
    protected void deliver(IncomingTrain incoming) throws TunClosedException {
        try {
            for (int i = 0; i < incoming.messages(); i++) {
                Keypair keypair = incoming.session(i);
                if (keypair != null) {
                    deliver(keypair, incoming.train, incoming.offset(i), incoming.length(i), incoming.now);
                }
            }
        } catch (RuntimeException failure) {
            startAgain(failure);
        }
        tally.leave(incoming.train, incoming.now);
    }

    private void deliver(Keypair keypair, Train train, int at, int length, long now) throws TunClosedException {
        int plain = length - Messages.KEEPALIVE_LENGTH;
        if (!accept(keypair, train, at, length, now) || plain == 0) {
            return;
        }
        int text = at + Messages.DATA_HEADER;
        int packet = sources.length(keypair, train.data, text, plain);
        if (packet >= 0) {
            int into = merger.begin(packet);
            System.arraycopy(train.data, text, merger.array(), into, packet);
            merger.commit(packet);
        }
    }

    /// Decrypts a message; false, counted as a drop, when its tag is wrong.
    private boolean open(Keypair keypair, byte[] data, int at, int length, byte[] out, int outAt) {
        int text = at + Messages.DATA_HEADER;
        int sealed = length - Messages.DATA_HEADER;
        if (aead.open(keypair.receiveKey(), Messages.counter(data, at), data, text, sealed, out, outAt)) {
            return true;
        }
        core.drops().count(Drop.RX_BAD_TAG);
        core.drops().note(Drop.RX_BAD_TAG, keypair.peer().publicKey());
        return false;
    }

    /// Takes a decrypted message if it is new; false, counted as a drop, when it is not. Also refuses messages
    /// that were opened with the zeroed key of a session destroyed in the meantime.
    private boolean accept(Keypair keypair, Train train, int at, int length, long now) {
        if (!keypair.accept(Messages.counter(train.data, at))) {
            core.drops().count(Drop.RX_REPLAY);
            core.drops().note(Drop.RX_REPLAY, keypair.peer().publicKey());
            return false;
        }
        tally.accepted(keypair, train, length, length > Messages.KEEPALIVE_LENGTH, now);
        return true;
    }

    @Override
    protected void flush() throws TunClosedException {
        try {
            merger.flush();
        } catch (RuntimeException failure) {
            startAgain(failure);
        }
    }

    private void startAgain(RuntimeException failure) {
        aead = contexts.get();
        merger = mergers.get();
        errors.recovered(failure);
    }
}
