// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.Keypair;
import io.wgj.engine.core.Peer;
import io.wgj.engine.dispatch.ThreadCounters;
import io.wgj.engine.dispatch.WorkItem;
import io.wgj.engine.io.TunPort;
import io.wgj.engine.io.UdpOutput;
import io.wgj.engine.packet.Segmenter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whole reads of the TUN on their way to the socket, of one or several peers, about as much as one train
/// holds. TX has found the peer, the session and the counters of each; all else is done by who seals it.
///
/// Some reads are left to the batch's turn in its lane, and with them all that follow: those of a peer
/// without a session, since only then everything older is sent or staged; and those that make more messages
/// than there is room for, which nobody sends but who means to be a nuisance.
public final class OutgoingBatch extends WorkItem<OutgoingBatch> {
    /// Larger segments than a link's have fewer of them (see `Tun`'s limit).
    private static final int MOST_SEGMENTS = UdpOutput.MOST_SEGMENTS;
    /// What a segment's message has more than the segment: padding, and the message's own.
    private static final int MOST_ADDED = 15 + SealedTrain.OVERHEAD;
    /// How much is sealed at least before no other read is added, unless there is none. What one read more
    /// makes is as much again, and headers.
    private static final int ENOUGH = UdpOutput.MOST_TRAIN_BYTES;

    private static final int SEALED = ENOUGH + TunPort.READ_ROOM + MOST_SEGMENTS * (MOST_ADDED + 64);

    private static final byte[] NONE = {};

    /// When it was begun, in nanoseconds of the core's clock.
    long now;

    private final Segmenter segmenter;
    private final ThreadCounters sent;
    private final int[] offsets = new int[TxPath.MOST_READS];
    private final int[] lengths = new int[TxPath.MOST_READS];
    private final @Nullable Peer[] peers = new Peer[TxPath.MOST_READS];
    /// Null for a peer that had none.
    private final @Nullable Keypair[] sessions = new Keypair[TxPath.MOST_READS];
    private final long[] counters = new long[TxPath.MOST_READS];
    /// As many as ever were needed; the first [#trains] hold something.
    private final List<SealedTrain> made = new ArrayList<>();

    /// Most batches of a thread are never used. Made when this one first is.
    private byte[] buffer = NONE;
    private byte[] sealed = NONE;
    private int reads;
    private int end;
    private int messages;
    /// At most so many bytes are sealed for the reads so far.
    private int bound;
    private int trains;
    private int left;

    /// @param sent where its trains are counted when they are sent: its lane's
    OutgoingBatch(boolean vnetHeader, ThreadCounters sent) {
        this.segmenter = new Segmenter(vnetHeader);
        this.sent = sent;
    }

    ThreadCounters sent() {
        return sent;
    }

    /// TX: empty, and ready to be filled.
    void begin(long when) {
        now = when;
        if (buffer.length == 0) {
            buffer = new byte[ENOUGH + TunPort.READ_ROOM];
            sealed = new byte[SEALED];
        }
    }

    /// TX: whether another read has room, however large, and makes sense in the same batch.
    boolean hasRoom() {
        return reads < TxPath.MOST_READS && bound < ENOUGH;
    }

    boolean isEmpty() {
        return reads == 0;
    }

    /// What reads are in.
    byte[] buffer() {
        return buffer;
    }

    /// TX: where the next read goes.
    int end() {
        return end;
    }

    /// TX: the read of `length` bytes at [#end] goes to this peer.
    ///
    /// @param session null for none, or when older packets of this peer are staged
    /// @param counter the first of as many as it has segments
    void add(int length, Segmenter measured, Peer peer, @Nullable Keypair session, long counter) {
        int more = bound(measured);
        if (left == reads && session != null && measured.segments() <= MOST_SEGMENTS && bound + more <= SEALED) {
            left++;
        }
        offsets[reads] = end;
        lengths[reads] = length;
        peers[reads] = peer;
        sessions[reads] = session;
        counters[reads] = counter;
        reads++;
        // What is left to the batch's turn counts as well: this batch is not the one to wait with.
        bound += more;
        end += length;
        messages += measured.segments();
    }

    private static int bound(Segmenter measured) {
        return measured.bytes() + measured.segments() * MOST_ADDED;
    }

    /// Messages that its reads make.
    @Override
    public int messages() {
        return messages;
    }

    int reads() {
        return reads;
    }

    Peer peer(int read) {
        Peer peer = peers[read];
        if (peer == null) {
            throw new IllegalStateException("read " + read + " goes to nobody");
        }
        return peer;
    }

    /// Null when there was none.
    @Nullable
    Keypair session(int read) {
        return sessions[read];
    }

    /// The counter of a read's first segment.
    long counter(int read) {
        return counters[read];
    }

    /// Cuts a read, in place, so once only. Its padding covers what is behind it until its last segment is
    /// done with.
    Segmenter start(int read) {
        if (!segmenter.start(buffer, offsets[read], lengths[read])) {
            throw new IllegalStateException("read " + read + " is not what was measured");
        }
        return segmenter;
    }

    /// Where the next message of a session is sealed.
    SealedTrain trainFor(Keypair session, int paddedLength) {
        SealedTrain last = trains == 0 ? null : made.get(trains - 1);
        if (last != null && last.takes(session, paddedLength)) {
            return last;
        }
        if (trains == made.size()) {
            made.add(new SealedTrain(sealed));
        }
        SealedTrain next = made.get(trains++);
        next.begin(last == null ? 0 : last.end());
        return next;
    }

    /// How many trains are sealed.
    int trains() {
        return trains;
    }

    SealedTrain train(int number) {
        return made.get(number);
    }

    /// The first read that is left to the batch's turn; those before it are sealed ahead.
    int left() {
        return left;
    }

    @Override
    public void forget() {
        Arrays.fill(peers, 0, reads, null);
        Arrays.fill(sessions, 0, reads, null);
        for (int i = 0; i < trains; i++) {
            made.get(i).begin(0);
        }
        reads = 0;
        end = 0;
        messages = 0;
        bound = 0;
        trains = 0;
        left = 0;
    }
}
