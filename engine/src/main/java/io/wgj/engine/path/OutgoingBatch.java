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

/// Several reads of the TUN on their way to the socket, of one or several peers, about as many bytes as one
/// train holds. The TX thread has found the peer of each read and, with workers, the session and the counters.
/// The thread that seals the batch does everything else.
///
/// Some reads are not sealed ahead but when the batch is delivered, and so are all that follow them. These
/// are reads for a peer without a session, because everything older is sent or staged only by then. And these
/// are reads that make more messages than the buffer holds, which happens only with an abusively small
/// segment size.
public final class OutgoingBatch extends WorkItem<OutgoingBatch> {
    /// The most reads of a batch.
    static final int MOST_READS = 64;
    /// Segments larger than the link's MTU allows come in smaller numbers (see the limit in `Tun`).
    private static final int MOST_SEGMENTS = UdpOutput.MOST_SEGMENTS;
    /// How much longer a message is than its segment: padding, header and tag.
    private static final int MOST_ADDED = 15 + SealedTrain.OVERHEAD;
    /// No further read is added once this many bytes will be sealed. One read more makes at most as much
    /// again, and headers.
    private static final int ENOUGH = UdpOutput.MOST_TRAIN_BYTES;

    private static final int SEALED = ENOUGH + TunPort.READ_ROOM + MOST_SEGMENTS * (MOST_ADDED + 64);

    private static final byte[] NONE = {};

    /// When the batch was begun, in nanoseconds of the core's clock.
    long now;

    private final int most;
    private final Segmenter segmenter;
    private final ThreadCounters sent;
    private final int[] offsets;
    private final int[] lengths;
    private final @Nullable Peer[] peers;
    /// Null for a peer that had no session.
    private final @Nullable Keypair[] sessions;
    private final long[] counters;
    /// As many as were ever needed; the first [#trains] are in use.
    private final List<SealedTrain> made = new ArrayList<>();

    /// With workers allocated at the first use: most batches of a thread are never used.
    private byte[] buffer;
    private byte[] sealed = NONE;
    private int reads;
    private int end;
    private int messages;
    /// An upper bound of the bytes sealed for the reads so far.
    private int bound;
    private int trains;
    private int left;
    /// The read that was measured last and not yet cut; -1 for none.
    private int measured = -1;

    /// @param most how many reads it holds at most. With one it is never sealed ahead, and small enough to stay
    ///     in the processor's caches.
    /// @param sent counts the trains when they are sent; the counters of the batch's queue
    OutgoingBatch(int most, boolean vnetHeader, ThreadCounters sent) {
        this.most = most;
        this.segmenter = new Segmenter(vnetHeader);
        this.sent = sent;
        offsets = new int[most];
        lengths = new int[most];
        buffer = most == 1 ? new byte[TunPort.READ_ROOM] : NONE;
        peers = new Peer[most];
        sessions = new Keypair[most];
        counters = new long[most];
    }

    ThreadCounters sent() {
        return sent;
    }

    /// TX: begins to fill the empty batch.
    void begin(long when) {
        now = when;
        if (buffer.length == 0) {
            buffer = new byte[ENOUGH + TunPort.READ_ROOM];
            sealed = new byte[SEALED];
        }
    }

    /// TX: whether another read fits, however large it is, and belongs in this batch.
    boolean hasRoom() {
        return reads < most && bound < ENOUGH;
    }

    boolean isEmpty() {
        return reads == 0;
    }

    /// The buffer with the reads.
    byte[] buffer() {
        return buffer;
    }

    /// TX: where the next read goes.
    int end() {
        return end;
    }

    /// TX: measures the read of `length` bytes at [#end]. Null when it is malformed.
    @Nullable
    Segmenter measure(int length) {
        measured = -1;
        return segmenter.measure(buffer, end, length) == 0 ? null : segmenter;
    }

    /// TX: adds the read that was measured last, of `length` bytes at [#end], for this peer.
    ///
    /// @param session null for none, when older packets of this peer are staged, or when it is to be found in
    ///     the batch's turn
    /// @param counter the first of as many counters as the read has segments
    void add(int length, Peer peer, @Nullable Keypair session, long counter) {
        int more = segmenter.bytes() + segmenter.segments() * MOST_ADDED;
        if (left == reads && session != null && segmenter.segments() <= MOST_SEGMENTS && bound + more <= SEALED) {
            left++;
        }
        measured = reads;
        offsets[reads] = end;
        lengths[reads] = length;
        peers[reads] = peer;
        sessions[reads] = session;
        counters[reads] = counter;
        reads++;
        // Reads that are not sealed ahead count as well, so that the batch does not wait for more.
        bound += more;
        end += length;
        messages += segmenter.segments();
    }

    /// How many messages its reads make.
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
            throw new IllegalStateException("read " + read + " has no peer");
        }
        return peer;
    }

    /// Null when the peer had none.
    @Nullable
    Keypair session(int read) {
        return sessions[read];
    }

    /// The counter of a read's first segment.
    long counter(int read) {
        return counters[read];
    }

    /// Cuts a read into segments, in place, so only once. The padding of a segment overwrites what follows it
    /// until the read's last segment is sealed.
    Segmenter start(int read) {
        if (read == measured) {
            segmenter.startMeasured();
        } else if (!segmenter.start(buffer, offsets[read], lengths[read])) {
            throw new IllegalStateException("read " + read + " is not what was measured");
        }
        measured = -1;
        return segmenter;
    }

    /// The train into which the next message of a session is sealed.
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

    /// The first read that is not sealed ahead.
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
        measured = -1;
    }
}
