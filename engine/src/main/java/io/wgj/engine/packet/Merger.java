// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.packet;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Joins decrypted packets of the same flows into large ones before they are written to the TUN, so that the
/// system handles dozens of them at once. It joins what the kernel's GRO joins, and of that only what the
/// kernel can cut again into the same bytes: headers, flags, identifications and checksums included. For one
/// thread.
///
///     int at = merger.begin(plainLength);
///     if (aead.open(key, counter, …, merger.array(), at) && …
///             && (length = IpPacket.length(merger.array(), at, plainLength)) >= 0 && …) {
///         merger.commit(length);
///     } else {
///         merger.abandon();
///     }
///     …
///     merger.flush(); // when there is nothing more to receive now
///
/// Every packet is decrypted where its payload would continue the run that grew last. For bulk traffic the
/// decryption is then the only copy. The packet's headers cover the end of that run, which is saved before
/// and restored after. A packet that joins nothing leaves unchanged, and packets of one flow never overtake
/// each other.
///
/// @param <X> thrown by a failed write
public final class Merger<X extends Exception> {
    /// How many flows are joined at the same time.
    static final int MOST_RUNS = 8;
    /// The longest header of a run (IPv6 and TCP with all its options), and a virtio-net header in front of
    /// it.
    private static final int MOST_COVERED = 100 + VirtioHeader.SIZE;

    private final PacketOutput<X> output;
    private final MergeState state;
    private final boolean vnetHeader;
    private final boolean verify;
    private final Segmenter splitter = new Segmenter(true);
    private final Candidate packet = new Candidate();
    /// The runs in the order in which they were opened.
    private final MergeRun[] open = new MergeRun[MOST_RUNS];
    private final MergeRun[] idle = new MergeRun[MOST_RUNS];
    private int openCount;
    private int idleCount;
    /// Takes packets that are not decrypted at the end of a run.
    private MergeRun spare = new MergeRun();
    /// Where decryption goes: the end of this run, or the start of the spare one.
    private MergeRun landing = spare;
    private int at;
    private int covered;
    private final byte[] saved = new byte[MOST_COVERED];
    /// The run that grew or was opened last; the spare one when there is none.
    private MergeRun latest = spare;

    /// A merger with a state of its own.
    public Merger(PacketOutput<X> output, MergeRules rules, Consumer<String> operatorLog) {
        this(output, rules, new MergeState(rules, operatorLog));
    }

    /// @param state made by the same rules; shared by all mergers that write to the same TUN
    public Merger(PacketOutput<X> output, MergeRules rules, MergeState state) {
        this.output = output;
        this.state = state;
        this.vnetHeader = rules.vnetHeader();
        this.verify = rules.verify();
        while (idleCount < MOST_RUNS) {
            idle[idleCount++] = new MergeRun();
        }
    }

    /// Makes room for a packet; [#commit] or [#abandon] must follow.
    ///
    /// @param plainLength bytes that decryption writes, padding included; at most 65,535
    /// @return where to decrypt to, in [#array]
    public int begin(int plainLength) {
        MergeRun run = latest;
        if (run == spare || !run.hasRoomAtEnd(VirtioHeader.SIZE, plainLength)) {
            landing = spare;
            at = MergeRun.PACKET;
            return at;
        }
        int tail = run.end - run.headerLength();
        boolean _ = run.prove(verify);
        landing = run;
        at = tail;
        covered = run.headerLength() + VirtioHeader.SIZE;
        System.arraycopy(run.buffer, run.end - covered, saved, 0, covered);
        return at;
    }

    /// The array to decrypt into.
    public byte[] array() {
        return landing.buffer;
    }

    /// Drops the packet: its tag was wrong, or it is not to be delivered.
    public void abandon() {
        uncover();
    }

    /// Delivers the packet, at once or joined with others.
    ///
    /// @param length its own, without padding, from [IpPacket#length], which must not have been -1
    public void commit(int length) throws X {
        if (openCount == 0 && !state.tcp() && !state.udp()) {
            writeAlone(length);
            return;
        }
        packet.inspect(landing.buffer, at, length);
        if (!packet.hasPorts) {
            // A packet without ports (a fragment, for example) may still belong to a flow between the same
            // two hosts.
            flushBetween(length);
            writeAlone(length);
            return;
        }
        MergeRun run = runOfItsFlow();
        if (run != null) {
            if (run.takes(packet, verify)) {
                join(run);
                return;
            }
            keep(length, run);
            flush(run);
        }
        if (packet.joinable && !packet.pushes() && (packet.isTcp() ? state.tcp() : state.udp())) {
            open(length);
        } else {
            writeAlone(length);
        }
    }

    /// Writes everything that is held. Call it at the end of every batch: no packet may wait for others to
    /// come.
    public void flush() throws X {
        while (openCount > 0) {
            flush(open[0]);
        }
    }

    /// How much was joined so far.
    public MergeState state() {
        return state;
    }

    private @Nullable MergeRun runOfItsFlow() {
        if (latest != spare && latest.isSameFlow(packet)) {
            return latest;
        }
        for (int i = 0; i < openCount; i++) {
            if (open[i].isSameFlow(packet)) {
                return open[i];
            }
        }
        return null;
    }

    private void join(MergeRun run) throws X {
        int payload = packet.payload();
        boolean pushes = packet.pushes();
        if (landing != run) {
            System.arraycopy(landing.buffer, at + packet.headerLength, run.buffer, run.end, payload);
        }
        uncover();
        latest = run;
        if (run.grow(payload, pushes)) {
            flush(run);
        }
    }

    /// Starts a run with the packet at hand.
    private void open(int length) throws X {
        moveToSpare(length);
        if (openCount == MOST_RUNS) {
            flush(open[0]);
        }
        MergeRun run = spare;
        run.open(length);
        open[openCount++] = run;
        spare = idle[--idleCount];
        latest = run;
    }

    /// Moves the packet at hand out of the way when it covers the end of `run`, which is written before it.
    private void keep(int length, MergeRun run) {
        if (landing == run) {
            moveToSpare(length);
        }
    }

    private void moveToSpare(int length) {
        if (landing != spare) {
            System.arraycopy(landing.buffer, at, spare.buffer, MergeRun.PACKET, length);
            uncover();
            landing = spare;
            at = MergeRun.PACKET;
            packet.moved(spare.buffer, at);
        }
    }

    /// Restores what the packet at hand covered.
    private void uncover() {
        if (landing != spare) {
            System.arraycopy(saved, 0, landing.buffer, landing.end - covered, covered);
        }
    }

    private void writeAlone(int length) throws X {
        int start = at;
        if (vnetHeader) {
            start -= VirtioHeader.SIZE;
            VirtioHeader.clear(landing.buffer, start);
        }
        try {
            // A packet that is refused as it is cannot be helped.
            boolean _ = output.write(landing.buffer, start, length + at - start);
        } finally {
            uncover();
        }
    }

    private void flushBetween(int length) throws X {
        for (int i = openCount - 1; i >= 0; i--) {
            MergeRun run = open[i];
            if (run.sharesAddresses(packet)) {
                keep(length, run);
                flush(run);
            }
        }
    }

    private void flush(MergeRun run) throws X {
        close(run);
        int start = run.seal();
        boolean taken = output.write(run.buffer, start, run.end - start);
        if (run.count > 1) {
            if (taken) {
                state.wrote(run.isTcp(), run.count);
            } else {
                split(run, start);
            }
        }
    }

    private void close(MergeRun run) {
        int i = 0;
        while (open[i] != run) {
            i++;
        }
        openCount--;
        System.arraycopy(open, i + 1, open, i, openCount - i);
        idle[idleCount++] = run;
        if (latest == run) {
            latest = spare;
        }
    }

    /// Writes the packets of a refused run one by one.
    private void split(MergeRun run, int start) throws X {
        state.refuse(run.isTcp());
        int length = run.end - start;
        for (boolean more = splitter.start(run.buffer, start, length); more; more = splitter.next()) {
            int before = splitter.offset() - VirtioHeader.SIZE;
            VirtioHeader.clear(run.buffer, before);
            boolean _ = output.write(run.buffer, before, splitter.length() + VirtioHeader.SIZE);
        }
    }
}
