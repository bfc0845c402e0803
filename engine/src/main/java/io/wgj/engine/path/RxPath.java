// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.Drop;
import io.wgj.engine.core.Keypair;
import io.wgj.engine.dispatch.InOrderQueue;
import io.wgj.engine.dispatch.InternalErrors;
import io.wgj.engine.dispatch.ThreadCounters;
import io.wgj.engine.io.Train;
import io.wgj.engine.io.TunClosedException;
import io.wgj.engine.io.UdpPort;
import io.wgj.engine.noise.Messages;
import org.jspecify.annotations.Nullable;

/// The path from the UDP sockets to the TUN (docs/cases.md A.11), with or without workers. RX receives trains,
/// finds their sessions and gives each its place in an [InOrderQueue]. RX opens and delivers a train itself
/// when no other is ready, so that no thread has to be woken for it. Of several that are ready it hands all
/// but the last to workers.
///
/// It allocates for handshake messages and when a peer has moved, never for data.
public final class RxPath implements Path {
    /// How many receives are handled before their packets are written, however many more are ready.
    private static final int MOST_RECEIVES = 16;

    private final DeviceCore core;
    private final UdpPort udp;
    private final RxDispatcher dispatcher;
    private final TrainHandler work;
    private final SessionFinder sessions;
    private final ThreadCounters counters;
    private final InternalErrors errors;
    /// Whether the last receive found nothing, or failed.
    private boolean drained;

    /// The queue of the train that was resolved last; null when none of its messages is to be delivered.
    private @Nullable InOrderQueue<IncomingTrain> queue;

    /// Whether its messages belong to several queues.
    private boolean mixed;

    /// The session of its last message that has one.
    private @Nullable Keypair latest;

    /// @param work this thread's own
    public RxPath(
            DeviceCore core,
            UdpPort udp,
            RxDispatcher dispatcher,
            TrainHandler work,
            ThreadCounters counters,
            InternalErrors errors) {
        this.core = core;
        this.udp = udp;
        this.dispatcher = dispatcher;
        this.work = work;
        this.counters = counters;
        this.errors = errors;
        this.sessions = new SessionFinder(core);
    }

    /// Delivers what the socket has now.
    @Override
    public boolean run(long now) throws TunClosedException {
        try {
            receiveAll(now);
        } finally {
            work.giveBack();
        }
        return !drained;
    }

    private void receiveAll(long now) throws TunClosedException {
        int receives = 0;
        IncomingTrain waiting = null;
        drained = false;
        while (receives < MOST_RECEIVES && !drained) {
            IncomingTrain train = dispatcher.take();
            if (train == null) {
                if (receives == 0) {
                    dispatcher.awaitFree();
                }
                break;
            }
            if (!receive(train)) {
                drained = true;
                break;
            }
            receives++;
            if (waiting != null) {
                dispatch(waiting, true, now);
            }
            waiting = train;
            // A worker gets only a train that has another behind it. So only with workers RX looks ahead.
            if (!dispatcher.hasWorkers()) {
                dispatch(train, false, now);
                waiting = null;
            }
        }
        if (waiting != null) {
            dispatch(waiting, receives == MOST_RECEIVES, now);
        }
    }

    /// Receives into the train; frees it when there was nothing.
    private boolean receive(IncomingTrain train) {
        try {
            if (udp.receive(train.train)) {
                return true;
            }
        } catch (RuntimeException failure) {
            errors.recovered(failure);
        }
        train.free();
        return false;
    }

    /// @param more whether another train is ready
    private void dispatch(IncomingTrain train, boolean more, long now) throws TunClosedException {
        try {
            resolve(train, now);
        } catch (RuntimeException failure) {
            queue = null;
            errors.recovered(failure);
        }
        InOrderQueue<IncomingTrain> only = queue;
        if (only == null) {
            train.free();
        } else if (mixed) {
            split(train);
        } else {
            only.enqueue(train);
            if (!more || !handOff(train)) {
                work.handleAndKeep(train);
            }
        }
    }

    private boolean handOff(IncomingTrain train) throws TunClosedException {
        // The worker must not wait for a turn that RX keeps.
        work.giveBack();
        if (!dispatcher.handOff(train)) {
            return false;
        }
        counters.handedOff();
        return true;
    }

    /// Finds the sessions of a train's messages, and its queue. Handshake messages go to CONTROL at once;
    /// they have no order among data.
    private void resolve(IncomingTrain incoming, long now) {
        Train train = incoming.train;
        incoming.now = now;
        queue = null;
        mixed = false;
        latest = null;
        int data = 0;
        for (int at = 0, i = 0; at < train.length; at += train.segmentSize, i++) {
            int length = Math.min(train.segmentSize, train.length - at);
            if (Messages.type(train.data, at, length) == Messages.DATA && length >= Messages.KEEPALIVE_LENGTH) {
                data++;
                expect(incoming, i, sessions.find(train, at, now));
            } else {
                core.offer(train.data, at, length, train.toFlow());
            }
        }
        if (train.length == 0) {
            core.drops().count(Drop.RX_MALFORMED);
        }
        sessions.forget();
        if (data > 0) {
            counters.train(data);
        }
    }

    private void expect(IncomingTrain incoming, int message, @Nullable Keypair session) {
        if (session == null) {
            return;
        }
        incoming.expect(message, session);
        if (session == latest) {
            return;
        }
        latest = session;
        InOrderQueue<IncomingTrain> own = dispatcher.queueOf(session.peer());
        if (queue == null) {
            queue = own;
        } else if (queue != own) {
            mixed = true;
        }
    }

    /// Handles each message of a train apart, because the messages belong to different queues. This happens
    /// when two peers share an address and port, or when copies of both peers' messages arrive.
    private void split(IncomingTrain train) throws TunClosedException {
        for (int i = 0; i < train.messages(); i++) {
            Keypair session = train.session(i);
            if (session != null) {
                IncomingTrain single = dispatcher.take();
                if (single == null) {
                    // The rest is lost, as with a full socket buffer.
                    break;
                }
                single.copy(train, i, session);
                dispatcher.queueOf(session.peer()).enqueue(single);
                work.handleAndKeep(single);
            }
        }
        train.free();
    }
}
