// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The packets of all peers that wait for a session, in one bounded memory of fixed blocks. A peer has at
/// most 128. When the memory is full, the oldest packet of all is dropped, so that peers that never answer
/// cannot keep others from staging. The memory grows at first use and shrinks when nothing is staged. Any
/// thread may call; the lock is short.
final class StagingStore {
    /// The most packets of one peer.
    static final int MOST_PACKETS = 128;
    /// The most bytes of all peers, counted in whole blocks.
    static final int MOST_BYTES = 8 << 20;

    private static final int BLOCK = 2048;
    private static final int CHUNK_BLOCKS = 128;
    private static final int NONE = -1;

    private final DropCounters drops;
    private final byte[] @Nullable [] chunks = new byte[MOST_BYTES / BLOCK / CHUNK_BLOCKS][];
    /// For each block, the next block of the packet, or of the free list.
    private int[] nextBlock = new int[0];
    private int freeBlock = NONE;
    private int chunkCount;
    private @Nullable Packet oldest;
    private @Nullable Packet newest;

    /// A peer's packets, oldest first.
    static final class Queue {
        private @Nullable Packet first;
        private @Nullable Packet last;
        /// How many packets; read without the lock.
        private volatile int size;
        /// Whether a thread has taken packets that it has not sent yet.
        private boolean flushing;
        /// Whether newer packets have to wait for some of these; read without the lock.
        private volatile boolean goesFirst;

        /// Any thread: whether anything is staged.
        boolean isEmpty() {
            return size == 0;
        }

        /// Any thread: whether a newer packet would overtake one that is staged, or taken out and not yet
        /// sent.
        boolean goesFirst() {
            return goesFirst;
        }
    }

    /// One packet: its blocks, and its neighbours among its peer's packets and among all.
    private static final class Packet {
        private final Queue queue;
        private final int block;
        private final int length;
        private @Nullable Packet nextOfPeer;
        private @Nullable Packet older;
        private @Nullable Packet newer;

        Packet(Queue queue, int block, int length) {
            this.queue = queue;
            this.block = block;
            this.length = length;
        }
    }

    StagingStore(DropCounters drops) {
        this.drops = drops;
    }

    /// Copies a packet of at most 65,535 bytes to the end of `queue`.
    synchronized void add(Queue queue, byte[] from, int offset, int length) {
        if (queue.size == MOST_PACKETS) {
            drop(queue, Drop.TX_STAGED_OVERFLOW);
        }
        int first = NONE;
        int last = NONE;
        for (int done = 0; done < length; done += BLOCK) {
            int block = takeBlock();
            copyIn(from, offset + done, Math.min(BLOCK, length - done), block);
            nextBlock[block] = NONE;
            if (last == NONE) {
                first = block;
            } else {
                nextBlock[last] = block;
            }
            last = block;
        }
        append(new Packet(queue, first, length));
    }

    /// While `flushing` is set, packets that were taken out of `queue` still go before newer ones.
    synchronized void setFlushing(Queue queue, boolean flushing) {
        queue.flushing = flushing;
        setSize(queue, queue.size);
    }

    /// Moves the oldest packet of `queue` out.
    ///
    /// @return its length, -1 when there is none
    synchronized int take(Queue queue, byte[] into, int offset) {
        Packet packet = queue.first;
        if (packet == null) {
            return -1;
        }
        int done = 0;
        for (int block = packet.block; block != NONE; block = nextBlock[block]) {
            int piece = Math.min(BLOCK, packet.length - done);
            copyOut(block, into, offset + done, piece);
            done += piece;
        }
        unlink(packet);
        return packet.length;
    }

    /// Drops all packets of `queue`.
    synchronized void clear(Queue queue) {
        while (queue.first != null) {
            drop(queue, Drop.TX_STAGED_GIVEN_UP);
        }
    }

    /// Bytes of memory held now.
    synchronized int heldBytes() {
        return chunkCount * CHUNK_BLOCKS * BLOCK;
    }

    private int takeBlock() {
        while (freeBlock == NONE) {
            if (chunkCount < chunks.length) {
                addChunk();
            } else {
                Packet victim = oldest;
                if (victim == null) {
                    throw new IllegalStateException("a packet is larger than the staging memory");
                }
                drop(victim.queue, Drop.TX_STAGED_OVERFLOW);
            }
        }
        int block = freeBlock;
        freeBlock = nextBlock[block];
        return block;
    }

    private void addChunk() {
        chunks[chunkCount] = new byte[CHUNK_BLOCKS * BLOCK];
        int from = chunkCount * CHUNK_BLOCKS;
        chunkCount++;
        nextBlock = Arrays.copyOf(nextBlock, from + CHUNK_BLOCKS);
        for (int block = from + CHUNK_BLOCKS - 1; block >= from; block--) {
            nextBlock[block] = freeBlock;
            freeBlock = block;
        }
    }

    private void append(Packet packet) {
        Queue queue = packet.queue;
        if (queue.last == null) {
            queue.first = packet;
        } else {
            queue.last.nextOfPeer = packet;
        }
        queue.last = packet;
        setSize(queue, queue.size + 1);
        packet.older = newest;
        if (newest == null) {
            oldest = packet;
        } else {
            newest.newer = packet;
        }
        newest = packet;
    }

    private void drop(Queue queue, Drop reason) {
        Packet packet = queue.first;
        if (packet != null) {
            unlink(packet);
            drops.count(reason);
        }
    }

    /// Takes out the first packet of its peer.
    private void unlink(Packet packet) {
        Queue queue = packet.queue;
        queue.first = packet.nextOfPeer;
        if (queue.first == null) {
            queue.last = null;
        }
        setSize(queue, queue.size - 1);
        if (packet.older == null) {
            oldest = packet.newer;
        } else {
            packet.older.newer = packet.newer;
        }
        if (packet.newer == null) {
            newest = packet.older;
        } else {
            packet.newer.older = packet.older;
        }
        free(packet.block);
    }

    private void free(int first) {
        for (int block = first; block != NONE; ) {
            int next = nextBlock[block];
            nextBlock[block] = freeBlock;
            freeBlock = block;
            block = next;
        }
        if (oldest == null) {
            Arrays.fill(chunks, null);
            nextBlock = new int[0];
            freeBlock = NONE;
            chunkCount = 0;
        }
    }

    /// Called with the lock held; readers without it see the latest value.
    private static void setSize(Queue queue, int size) {
        queue.size = size;
        queue.goesFirst = size > 0 || queue.flushing;
    }

    private void copyIn(byte[] from, int offset, int length, int block) {
        System.arraycopy(from, offset, chunk(block), block % CHUNK_BLOCKS * BLOCK, length);
    }

    private void copyOut(int block, byte[] into, int offset, int length) {
        System.arraycopy(chunk(block), block % CHUNK_BLOCKS * BLOCK, into, offset, length);
    }

    private byte[] chunk(int block) {
        byte[] chunk = chunks[block / CHUNK_BLOCKS];
        if (chunk == null) {
            throw new IllegalStateException("block " + block + " has no memory");
        }
        return chunk;
    }
}
