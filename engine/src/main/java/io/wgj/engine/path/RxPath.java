// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.Drop;
import io.wgj.engine.core.InnerPacket;
import io.wgj.engine.core.Keypair;
import io.wgj.engine.core.PeerLookup;
import io.wgj.engine.core.UdpFlow;
import io.wgj.engine.crypto.Aead;
import io.wgj.engine.io.Train;
import io.wgj.engine.io.TunClosedException;
import io.wgj.engine.io.UdpPort;
import io.wgj.engine.noise.Messages;
import io.wgj.engine.packet.Merger;
import org.jspecify.annotations.Nullable;

/// What RX does with what comes from the network (engine specification A.11). One thread; allocates for handshake
/// messages and when a peer has moved, never for data.
final class RxPath implements Path {
    /// How many receives are done before what they brought is written, however much more there is.
    private static final int MOST_RECEIVES = 16;

    private final DeviceCore core;
    private final UdpPort udp;
    private final Aead aead;
    private final PeerLookup lookup;
    private final Merger<TunClosedException> merger;
    private final Train train = new Train();
    private final PathCounters counters;

    /// The session that the train at hand has been about so far; its messages not yet told to the core follow.
    private @Nullable Keypair session;

    private int index;
    private boolean told;
    private long bytes;
    private boolean carriesPackets;

    /// @param aead this thread's own
    RxPath(DeviceCore core, UdpPort udp, Aead aead, Merger<TunClosedException> merger, PathCounters counters) {
        this.counters = counters;
        this.core = core;
        this.udp = udp;
        this.aead = aead;
        this.lookup = core.newLookup();
        this.merger = merger;
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
        leaveSession(now);
        if (data > 0) {
            counters.train(data);
        }
    }

    private void open(int at, int length, long now) throws TunClosedException {
        Keypair keypair = session(at, now);
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
            accepted(keypair, length, plain > 0, now);
            deliver = plain > 0;
        }
        int packet = deliver ? deliverable(keypair, into, plain) : -1;
        if (packet < 0) {
            merger.abandon();
        } else {
            merger.commit(packet);
        }
    }

    /// The session a message names; null when there is none, or when it may not come from where it came from.
    private @Nullable Keypair session(int at, long now) {
        int named = Messages.dataReceiver(train.data, at);
        if (session == null || named != index) {
            leaveSession(now);
            Keypair found = core.keypair(named, now);
            if (found == null || !core.mayArriveFrom(found.peer(), train.ipv6, train.remoteHigh, train.remoteLow)) {
                return null;
            }
            session = found;
            index = named;
        }
        return session;
    }

    /// The first valid message of a session in a train is told at once: it may be what confirms the session, and an
    /// answer to its packet must find it confirmed. The others are told together.
    private void accepted(Keypair keypair, int length, boolean packet, long now) {
        bytes += length;
        carriesPackets |= packet;
        if (!told) {
            told = true;
            tell(keypair, now);
        }
    }

    private void leaveSession(long now) {
        Keypair keypair = session;
        if (keypair != null && bytes > 0) {
            tell(keypair, now);
        }
        session = null;
        told = false;
    }

    private void tell(Keypair keypair, long now) {
        UdpFlow flow = keypair.peer().flow();
        boolean moved = flow == null || !train.sameAs(flow);
        core.received(keypair, now, bytes, carriesPackets, moved ? train.toFlow() : null);
        bytes = 0;
        carriesPackets = false;
    }

    /// How long the decrypted packet is; -1 (counted) when it is none that this peer may send.
    private int deliverable(Keypair keypair, int at, int plain) {
        byte[] array = merger.array();
        int length = InnerPacket.lengthWithin(array, at, plain);
        if (length < 0) {
            core.drops().count(Drop.RX_BAD_INNER_PACKET);
            return -1;
        }
        int version = InnerPacket.version(array, at, length);
        if (!lookup.mayComeFrom(keypair.peer(), version, array, at)) {
            core.drops().count(Drop.RX_DISALLOWED_INNER_SOURCE);
            return -1;
        }
        return length;
    }
}
